-- The overall of the groups inside a place by year, for small multiples: regions of the country, provinces of a region.
SELECT
    g.place AS place,
    g.fiscal_year AS fiscal_year,
    g.n AS n,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    g.share_passed AS share_passed
FROM overall__group_year AS g
WHERE g.kind = $kind AND POSITION(',' || g.place || ',' IN $places) > 0 AND g.n > 0
ORDER BY place, fiscal_year
