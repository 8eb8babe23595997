-- Every figure printed for one part of a body in a year, those in use first, each with its place in the source, what
-- the source is and how it came here. A figure stands among those of its source, and may still give way to another's.
SELECT
    r.respondents AS respondents,
    r.value AS value,
    r.stands AS stands,
    CASE WHEN w.source_id IS NOT NULL THEN TRUE ELSE FALSE END AS gave_way,
    s.title_th AS source_th,
    r.source_row AS source_row,
    r.note_th AS note_th,
    r.source_id AS source_id,
    s.kind AS kind,
    s.publisher_th AS publisher_th,
    s.locator AS locator,
    s.sha256 AS sha256,
    s.imported_by AS imported_by,
    s.imported_at AS imported_at
FROM reported_score AS r
JOIN source AS s ON s.source_id = r.source_id
LEFT JOIN (
    SELECT DISTINCT
        p.respondents AS respondents,
        p.source_id AS source_id
    FROM superseded AS p
    WHERE p.organisation_id = $organisation AND p.fiscal_year = $fiscal_year AND p.part = $part
) AS w ON w.respondents = r.respondents AND w.source_id = r.source_id
WHERE r.organisation_id = $organisation AND r.fiscal_year = $fiscal_year AND r.part = $part
ORDER BY gave_way, stands DESC, respondents, source_id, source_row, value NULLS LAST
