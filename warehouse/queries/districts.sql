-- The districts of a province with the bodies of a kind that have a result in a year.
SELECT
    r.district_th AS district_th,
    COUNT(*) AS n_bodies,
    COUNT(r.overall) AS n,
    AVG(CAST(r.overall AS DOUBLE)) AS mean,
    COUNT(CASE WHEN r.passed = FALSE THEN 1 END) AS n_below
FROM result__organisation_year AS r
WHERE r.fiscal_year = $fiscal_year AND r.province_iso = $place AND $kind IN ('all', r.sector, r.type)
    AND r.district_th IS NOT NULL
GROUP BY r.district_th
ORDER BY district_th
