-- Every figure printed for one part of a body in a year, those in use first, each with its place in the source.
SELECT
    r.respondents AS respondents,
    r.value AS value,
    r.stands AS stands,
    s.title_th AS source_th,
    r.source_row AS source_row,
    r.note_th AS note_th,
    r.source_id AS source_id
FROM reported_score AS r
JOIN source AS s ON s.source_id = r.source_id
WHERE r.organisation_id = $organisation AND r.fiscal_year = $fiscal_year AND r.part = $part
ORDER BY stands DESC, respondents, source_id, source_row, value NULLS LAST
