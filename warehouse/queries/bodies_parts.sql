-- Overall, instruments and indicators of the listed bodies in a year; $organisations is ',id,id,'.
SELECT
    v.organisation_id AS organisation_id,
    v.part AS part,
    v.position AS position,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
WHERE v.fiscal_year = $fiscal_year AND v.respondents = 'all'
    AND v.level IN ('overall', 'instrument', 'indicator')
    AND POSITION(',' || v.organisation_id || ',' IN $organisations) > 0
ORDER BY position, organisation_id
