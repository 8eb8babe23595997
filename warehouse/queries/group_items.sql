-- The items of a group in a year: how many bodies have no point at all, and what each costs on average.
SELECT
    g.part AS part,
    p.name_th AS name_th,
    p.parent AS parent,
    p.indicator AS indicator,
    p.instrument AS instrument,
    p.scale AS scale,
    g.position AS position,
    g.n AS n,
    g.mean AS mean,
    g.n_zero AS n_zero,
    g.share_zero AS share_zero,
    g.mean_points_lost AS mean_points_lost
FROM item__group_year AS g
JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
WHERE g.place = $place AND g.kind = $kind AND g.fiscal_year = $fiscal_year AND g.respondents = 'all'
ORDER BY position
