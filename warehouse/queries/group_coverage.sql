-- Per year of a group: how many bodies have any score, an overall, any indicator, and items marked either 0 or 100.
WITH body AS (
    SELECT
        r.fiscal_year AS fiscal_year,
        COUNT(*) AS n_bodies,
        COUNT(r.overall) AS n_overall,
        COUNT(r.lowest_indicators) AS n_indicators
    FROM result__organisation_year AS r
    WHERE $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
    GROUP BY r.fiscal_year
),
binary_item AS (
    SELECT g.fiscal_year AS fiscal_year, MAX(g.n) AS n_items
    FROM item__group_year AS g
    JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
    WHERE g.place = $place AND g.kind = $kind AND g.respondents = 'all' AND p.scale = 'binary'
    GROUP BY g.fiscal_year
)
SELECT
    b.fiscal_year AS fiscal_year,
    b.n_bodies AS n_bodies,
    b.n_overall AS n_overall,
    b.n_indicators AS n_indicators,
    COALESCE(i.n_items, 0) AS n_items
FROM body AS b
LEFT JOIN binary_item AS i ON i.fiscal_year = b.fiscal_year
ORDER BY fiscal_year
