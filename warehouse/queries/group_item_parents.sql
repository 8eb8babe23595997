-- The parts right above the items marked either 0 or 100, with the bodies of a group that have no point at all on them.
SELECT
    p.code AS part,
    p.name_th AS name_th,
    p.level AS level,
    p.indicator AS indicator,
    p.position AS position,
    p.split_confirmed AS split_confirmed,
    COALESCE(g.n, 0) AS n,
    g.mean AS mean,
    COALESCE(g.n_zero, 0) AS n_zero,
    100.0 * g.n_zero / g.n AS share_zero
FROM part AS p
LEFT JOIN part__group_year AS g
    ON g.fiscal_year = p.fiscal_year AND g.part = p.code AND g.respondents = 'all'
    AND g.place = $place AND g.kind = $kind
WHERE p.fiscal_year = $fiscal_year
    AND p.code IN (SELECT i.parent FROM part AS i WHERE i.fiscal_year = $fiscal_year AND i.scale = 'binary')
ORDER BY position
