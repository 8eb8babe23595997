-- What the checks found about one body, gravest first.
SELECT
    f.finding_id AS finding_id,
    f.severity AS severity,
    f.title_th AS title_th,
    f.fiscal_year AS fiscal_year,
    f.part AS part,
    f.message_th AS message_th,
    s.title_th AS source_th,
    f.source_row AS source_row
FROM finding AS f
LEFT JOIN source AS s ON s.source_id = f.source_id
WHERE f.organisation_id = $organisation
ORDER BY
    CASE f.severity WHEN 'fatal' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, finding_id
