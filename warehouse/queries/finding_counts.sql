-- How many findings every check has in a group by year, gravest first. Of everybody, those about no body count too.
SELECT
    f.severity AS severity,
    f.check_code AS check_code,
    f.title_th AS title_th,
    f.fiscal_year AS fiscal_year,
    COUNT(*) AS n,
    CASE f.severity WHEN 'fatal' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END AS gravity
FROM finding AS f
LEFT JOIN organisation AS o ON o.organisation_id = f.organisation_id
LEFT JOIN organisation_type AS t ON t.type = o.type
LEFT JOIN province AS v ON v.iso = o.province_iso
WHERE ($place = 'all' OR $place IN (v.region_code, v.iso))
    AND ($kind = 'all' OR $kind IN (t.sector, t.type))
GROUP BY f.severity, f.check_code, f.title_th, f.fiscal_year
ORDER BY gravity, check_code, fiscal_year NULLS FIRST, title_th
