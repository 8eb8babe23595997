-- Bodies of a group with one part in at least two years: the first twelve by name, with how many there are.
WITH series AS (
    SELECT
        v.organisation_id AS organisation_id,
        COUNT(*) AS n_years,
        MIN(v.fiscal_year) AS first_year,
        MAX(v.fiscal_year) AS last_year
    FROM part_value__organisation_year AS v
    JOIN result__organisation_year AS r
        ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
    WHERE v.part = $part AND v.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
    GROUP BY v.organisation_id
    HAVING COUNT(*) >= 2
)
SELECT
    s.organisation_id AS organisation_id,
    s.n_years AS n_years,
    s.first_year AS first_year,
    s.last_year AS last_year,
    COUNT(*) OVER () AS n_bodies,
    o.name_order AS name_order
FROM series AS s
JOIN organisation AS o ON o.organisation_id = s.organisation_id
ORDER BY name_order
LIMIT 12
