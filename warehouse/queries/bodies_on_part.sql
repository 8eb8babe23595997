-- The bodies of a group in a year with their score on one part of any level, lowest first, and whether that part
-- is their lowest indicator.
WITH scored AS (
    SELECT v.organisation_id AS organisation_id, v.value AS value, v.basis AS basis
    FROM part_value__organisation_year AS v
    WHERE v.fiscal_year = $fiscal_year AND v.part = $part AND v.respondents = 'all'
    UNION ALL
    SELECT s.organisation_id AS organisation_id, s.value AS value, 'published' AS basis
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
    WHERE s.fiscal_year = $fiscal_year AND s.part = $part AND s.respondents = 'all' AND p.level = 'item'
    UNION ALL
    SELECT c.organisation_id AS organisation_id, c.value AS value, 'recomputed' AS basis
    FROM recomputed_score AS c
    JOIN part AS p ON p.fiscal_year = c.fiscal_year AND p.code = c.part
    WHERE c.fiscal_year = $fiscal_year AND c.part = $part AND c.respondents = 'all' AND p.level = 'item'
)
SELECT
    r.organisation_id AS organisation_id,
    r.label_th AS label_th,
    r.full_name_th AS full_name_th,
    r.district_th AS district_th,
    r.province_th AS province_th,
    s.value AS value,
    s.basis AS basis,
    r.overall AS overall,
    r.grade_th AS grade_th,
    r.lowest_indicators AS lowest_indicators,
    r.name_order AS name_order
FROM scored AS s
JOIN result__organisation_year AS r ON r.organisation_id = s.organisation_id AND r.fiscal_year = $fiscal_year
WHERE $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY value NULLS LAST, name_order
