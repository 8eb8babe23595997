-- Instruments and indicators of the bodies of a group in a year, one row per body and part.
SELECT
    v.organisation_id AS organisation_id,
    v.part AS part,
    v.level AS level,
    v.position AS position,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
JOIN result__organisation_year AS r
    ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
WHERE v.fiscal_year = $fiscal_year AND v.respondents = 'all' AND v.level IN ('instrument', 'indicator')
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY organisation_id, position
