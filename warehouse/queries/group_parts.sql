-- The distribution of every part above the items over the bodies of a group in a year.
SELECT
    g.part AS part,
    p.name_th AS name_th,
    g.level AS level,
    p.parent AS parent,
    p.instrument AS instrument,
    g.position AS position,
    g.n AS n,
    g.mean AS mean,
    g.min AS min,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    g.max AS max,
    g.mean_points_lost AS mean_points_lost,
    g.n_lowest AS n_lowest,
    g.n_change AS n_change,
    g.mean_change AS mean_change
FROM part__group_year AS g
JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
WHERE g.place = $place AND g.kind = $kind AND g.fiscal_year = $fiscal_year AND g.respondents = 'all'
ORDER BY position
