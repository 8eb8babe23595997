-- The indicators of the listed bodies in a year; $organisations is ',id,id,'.
SELECT
    v.organisation_id AS organisation_id,
    o.label_th AS label_th,
    v.part AS part,
    v.position AS position,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
JOIN organisation AS o ON o.organisation_id = v.organisation_id
WHERE v.fiscal_year = $fiscal_year AND v.respondents = 'all' AND v.level = 'indicator'
    AND POSITION(',' || v.organisation_id || ',' IN $organisations) > 0
ORDER BY organisation_id, position
