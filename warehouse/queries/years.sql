-- The years the warehouse knows, with how many bodies have an overall and any score.
SELECT
    e.fiscal_year AS fiscal_year,
    e.name_th AS name_th,
    e.pass_mark AS pass_mark,
    COALESCE(g.n, 0) AS n,
    COALESCE(g.n_bodies, 0) AS n_bodies
FROM edition AS e
LEFT JOIN overall__group_year AS g
    ON g.fiscal_year = e.fiscal_year AND g.place = 'all' AND g.kind = 'all'
ORDER BY fiscal_year
