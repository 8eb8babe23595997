-- One part of the listed bodies in every year; $organisations is ',id,id,'.
SELECT
    v.organisation_id AS organisation_id,
    o.label_th AS label_th,
    v.fiscal_year AS fiscal_year,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
JOIN organisation AS o ON o.organisation_id = v.organisation_id
WHERE v.part = $part AND v.respondents = 'all'
    AND POSITION(',' || v.organisation_id || ',' IN $organisations) > 0
ORDER BY fiscal_year, organisation_id
