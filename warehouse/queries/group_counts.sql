-- What a list of the bodies of a group in a year holds: how many bodies, and how many of them have what.
SELECT
    COUNT(*) AS n_bodies,
    COUNT(r.overall) AS n_overall,
    COUNT(CASE WHEN r.passed = FALSE THEN 1 END) AS n_below,
    COUNT(CASE WHEN r.passed = TRUE THEN 1 END) AS n_passed,
    COUNT(*) - COUNT(r.overall) AS n_no_overall,
    COUNT(r.overall_change) AS n_changes,
    COUNT(r.previous_overall) AS n_previous,
    COUNT(r.district_th) AS n_districts,
    COUNT(r.province_th) AS n_provinces
FROM result__organisation_year AS r
WHERE r.fiscal_year = $fiscal_year
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY n_bodies
