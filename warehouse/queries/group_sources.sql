-- Where the scores of a group on one part of a year come from: how many bodies per source. No source stands for the
-- scores no source prints, which are computed from the parts below.
WITH member AS (
    SELECT r.organisation_id AS organisation_id
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
published AS (
    SELECT s.organisation_id AS organisation_id, s.source_id AS source_id
    FROM score AS s
    JOIN member AS m ON m.organisation_id = s.organisation_id
    WHERE s.fiscal_year = $fiscal_year AND s.part = $part AND s.respondents = 'all'
),
used AS (
    SELECT p.organisation_id AS organisation_id, p.source_id AS source_id FROM published AS p
    UNION ALL
    SELECT c.organisation_id AS organisation_id, NULL AS source_id
    FROM recomputed_score AS c
    JOIN member AS m ON m.organisation_id = c.organisation_id
    LEFT JOIN published AS p ON p.organisation_id = c.organisation_id
    WHERE c.fiscal_year = $fiscal_year AND c.part = $part AND c.respondents = 'all' AND p.source_id IS NULL
)
SELECT
    u.source_id AS source_id,
    s.title_th AS source_th,
    s.kind AS kind,
    s.imported_by AS imported_by,
    s.imported_at AS imported_at,
    COUNT(*) AS n
FROM used AS u
LEFT JOIN source AS s ON s.source_id = u.source_id
GROUP BY u.source_id, s.title_th, s.kind, s.imported_by, s.imported_at
ORDER BY n DESC, source_id NULLS LAST
