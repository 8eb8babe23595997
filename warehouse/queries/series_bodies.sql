-- Bodies of a group with one part in at least two years: the first twelve by name, with how many there are.
WITH first_body AS (
    SELECT
        r.name_order AS name_order,
        COUNT(*) AS n_years,
        MIN(r.fiscal_year) AS first_year,
        MAX(r.fiscal_year) AS last_year
    FROM part_value__organisation_year AS v
    JOIN result__organisation_year AS r ON r.name_order = v.name_order AND r.fiscal_year = v.fiscal_year
    WHERE v.part = $part AND v.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
    GROUP BY r.name_order
    HAVING COUNT(*) >= 2
    ORDER BY name_order
    LIMIT 12
),
everybody AS (
    SELECT CAST(SUM(g.n_span) AS BIGINT) AS n_bodies
    FROM pair__group_part AS g
    WHERE g.place = $place AND g.kind = $kind AND g.part = $part AND g.from_year < g.to_year
)
SELECT
    o.organisation_id AS organisation_id,
    b.n_years AS n_years,
    b.first_year AS first_year,
    b.last_year AS last_year,
    e.n_bodies AS n_bodies,
    b.name_order AS name_order
FROM first_body AS b
JOIN organisation AS o ON o.name_order = b.name_order
CROSS JOIN everybody AS e
ORDER BY name_order
