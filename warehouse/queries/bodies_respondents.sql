-- What the listed bodies scored in a year with each group of respondents, above the items; $organisations is ',id,id,'.
SELECT
    v.organisation_id AS organisation_id,
    v.part AS part,
    v.position AS position,
    v.respondents AS respondents,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
JOIN part_respondents AS a
    ON a.fiscal_year = v.fiscal_year AND a.part = v.part AND a.respondents = v.respondents
WHERE v.fiscal_year = $fiscal_year
    AND POSITION(',' || v.organisation_id || ',' IN $organisations) > 0
ORDER BY position, respondents, organisation_id
