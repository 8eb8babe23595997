-- Every edition with the size of its tree and how sure it is.
WITH size AS (
    SELECT
        p.fiscal_year AS fiscal_year,
        SUM(CASE WHEN p.level = 'indicator' THEN 1 ELSE 0 END) AS n_indicators,
        SUM(CASE WHEN p.level = 'item' THEN 1 ELSE 0 END) AS n_items
    FROM part AS p
    GROUP BY p.fiscal_year
)
SELECT
    e.fiscal_year AS fiscal_year,
    e.name_th AS name_th,
    e.pass_mark AS pass_mark,
    e.tolerance AS tolerance,
    e.confidence_th AS confidence_th,
    s.n_indicators AS n_indicators,
    s.n_items AS n_items
FROM edition AS e
JOIN size AS s ON s.fiscal_year = e.fiscal_year
ORDER BY fiscal_year
