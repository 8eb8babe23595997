-- Regions and provinces, with how many bodies of the warehouse lie in each.
WITH province_count AS (
    SELECT
        p.iso AS iso, p.name_th AS name_th, p.region_code AS region_code, p.region_th AS region_th,
        COUNT(o.organisation_id) AS n
    FROM province AS p
    LEFT JOIN organisation AS o ON o.province_iso = p.iso
    GROUP BY p.iso, p.name_th, p.region_code, p.region_th
)
SELECT
    'province' AS level, c.iso AS code, c.name_th AS name_th, c.region_code AS region_code, c.n AS n
FROM province_count AS c
UNION ALL
SELECT
    'region' AS level, r.region_code AS code, r.region_th AS name_th, r.region_code AS region_code, SUM(r.n) AS n
FROM province_count AS r
GROUP BY r.region_code, r.region_th
ORDER BY level DESC, code
