-- The overalls of a group in every year: how many bodies, their distribution, how many passed.
SELECT
    g.fiscal_year AS fiscal_year,
    e.pass_mark AS pass_mark,
    g.n_bodies AS n_bodies,
    g.n AS n,
    g.mean AS mean,
    g.min AS min,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    g.max AS max,
    g.n_judged AS n_judged,
    g.n_passed AS n_passed,
    g.share_passed AS share_passed,
    t.share AS target_share,
    t.confirmed AS target_confirmed
FROM overall__group_year AS g
JOIN edition AS e ON e.fiscal_year = g.fiscal_year
LEFT JOIN target AS t ON t.fiscal_year = g.fiscal_year
WHERE g.place = $place AND g.kind = $kind
ORDER BY fiscal_year
