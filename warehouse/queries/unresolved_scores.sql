-- The figures that cannot be given to one body or group without guessing.
SELECT
    u.name_th AS name_th,
    u.fiscal_year AS fiscal_year,
    u.part AS part,
    u.value AS value,
    u.printed_grade AS printed_grade,
    u.why_th AS why_th,
    s.title_th AS source_th,
    u.source_row AS source_row
FROM unresolved_score AS u
JOIN source AS s ON s.source_id = u.source_id
ORDER BY fiscal_year, name_th, part
