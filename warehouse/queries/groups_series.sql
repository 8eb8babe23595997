-- One part of several groups in every year; $groups is ',place/kind,place/kind,'.
SELECT
    g.place AS place,
    g.kind AS kind,
    g.fiscal_year AS fiscal_year,
    g.n AS n,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3
FROM part__group_year AS g
WHERE g.part = $part AND g.respondents = 'all'
    AND POSITION(',' || g.place || '/' || g.kind || ',' IN $groups) > 0
ORDER BY place, kind, fiscal_year
