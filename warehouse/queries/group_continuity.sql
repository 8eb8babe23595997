-- One part of a group by year: how many of the year's bodies also have it in the year before; mostly_same: they are
-- at least half of the bodies of either year. n_distinct counts the bodies that have it in any year.
WITH pair AS (
    SELECT g.from_year AS from_year, g.to_year AS to_year, g.n AS n, g.n_both AS n_both, g.n_span AS n_span
    FROM pair__group_part AS g
    WHERE g.place = $place AND g.kind = $kind AND g.part = $part
),
everybody AS (
    SELECT CAST(SUM(p.n_span) AS BIGINT) AS n_distinct FROM pair AS p
),
by_year AS (
    SELECT
        p.to_year AS fiscal_year,
        MAX(CASE WHEN p.from_year = p.to_year THEN p.n END) AS n,
        COALESCE(MAX(CASE WHEN p.from_year = p.to_year - 1 THEN p.n_both END), 0) AS n_also_before
    FROM pair AS p
    GROUP BY p.to_year
)
SELECT
    now.fiscal_year AS fiscal_year,
    now.n AS n,
    now.n_also_before AS n_also_before,
    2 * now.n_also_before >= now.n AND 2 * now.n_also_before >= COALESCE(before.n, 0) AND now.n_also_before > 0
        AS mostly_same,
    e.n_distinct AS n_distinct
FROM by_year AS now
CROSS JOIN everybody AS e
LEFT JOIN by_year AS before ON before.fiscal_year = now.fiscal_year - 1
ORDER BY fiscal_year
