-- The values of the parts of $level that fewer than $fewer_than bodies of a group have in a year, a row per body and part.
SELECT
    v.organisation_id AS organisation_id,
    r.label_th AS label_th,
    v.part AS part,
    v.position AS position,
    v.value AS value,
    v.basis AS basis
FROM part__group_year AS g
JOIN part_value__organisation_year AS v
    ON v.fiscal_year = g.fiscal_year AND v.part = g.part AND v.respondents = g.respondents
JOIN result__organisation_year AS r
    ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
WHERE g.place = $place AND g.kind = $kind AND g.fiscal_year = $fiscal_year AND g.respondents = 'all'
    AND g.level = $level AND g.n < $fewer_than
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY organisation_id, position
