-- What the checks found, with the body, the year and the source each finding is about.
SELECT
    f.finding_id AS finding_id,
    f.severity AS severity,
    f.check_code AS check_code,
    f.title_th AS title_th,
    f.organisation_id AS organisation_id,
    o.label_th AS label_th,
    f.fiscal_year AS fiscal_year,
    f.part AS part,
    f.value AS value,
    f.expected AS expected,
    f.message_th AS message_th,
    s.title_th AS source_th,
    s.locator AS locator,
    f.source_row AS source_row
FROM finding AS f
LEFT JOIN organisation AS o ON o.organisation_id = f.organisation_id
LEFT JOIN source AS s ON s.source_id = f.source_id
ORDER BY
    CASE f.severity WHEN 'fatal' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, finding_id
