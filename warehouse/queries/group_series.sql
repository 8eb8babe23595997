-- One part of a group in every year.
SELECT
    g.fiscal_year AS fiscal_year,
    g.n AS n,
    g.mean AS mean,
    g.min AS min,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    g.max AS max
FROM part__group_year AS g
WHERE g.place = $place AND g.kind = $kind AND g.part = $part AND g.respondents = 'all'
ORDER BY fiscal_year
