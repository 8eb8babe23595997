-- The parts right above the items marked either 0 or 100, with the bodies of a group that have no point at all on them.
SELECT
    p.code AS part,
    p.name_th AS name_th,
    p.level AS level,
    p.indicator AS indicator,
    p.position AS position,
    p.split_confirmed AS split_confirmed,
    COUNT(r.organisation_id) AS n,
    AVG(CASE WHEN r.organisation_id IS NOT NULL THEN CAST(v.value AS DOUBLE) END) AS mean,
    COUNT(CASE WHEN CAST(v.value AS DECIMAL(12, 6)) = 0 THEN r.organisation_id END) AS n_zero,
    100.0 * COUNT(CASE WHEN CAST(v.value AS DECIMAL(12, 6)) = 0 THEN r.organisation_id END)
        / NULLIF(COUNT(r.organisation_id), 0) AS share_zero
FROM part AS p
LEFT JOIN part_value__organisation_year AS v
    ON v.fiscal_year = p.fiscal_year AND v.part = p.code AND v.respondents = 'all'
LEFT JOIN result__organisation_year AS r
    ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
WHERE p.fiscal_year = $fiscal_year
    AND p.code IN (SELECT i.parent FROM part AS i WHERE i.fiscal_year = $fiscal_year AND i.scale = 'binary')
GROUP BY p.code, p.name_th, p.level, p.indicator, p.position, p.split_confirmed
ORDER BY position
