-- Overall, instruments and indicators of the listed bodies in a year; $organisations is ',id,id,'.
WITH body AS (
    SELECT o.organisation_id AS organisation_id
    FROM organisation AS o
    WHERE POSITION(',' || o.organisation_id || ',' IN $organisations) > 0
)
SELECT
    v.organisation_id AS organisation_id,
    v.part AS part,
    v.position AS position,
    v.value AS value,
    v.basis AS basis
FROM body AS b
JOIN part_value__organisation_year AS v ON v.organisation_id = b.organisation_id
WHERE v.fiscal_year = $fiscal_year AND v.respondents = 'all'
    AND v.level IN ('overall', 'instrument', 'indicator')
ORDER BY position, organisation_id
