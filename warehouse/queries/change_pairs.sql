-- Pairs of years with how many bodies of a group have one part in both, and whether parts of its level may be
-- compared across the breaks between. Group membership is of the later year.
WITH depth AS (
    SELECT 'none' AS level, 0 AS depth
    UNION ALL
    SELECT 'overall' AS level, 1 AS depth
    UNION ALL
    SELECT 'instrument' AS level, 2 AS depth
    UNION ALL
    SELECT 'indicator' AS level, 3 AS depth
    UNION ALL
    SELECT 'sub_indicator' AS level, 4 AS depth
    UNION ALL
    SELECT 'item' AS level, 5 AS depth
),
barring AS (
    SELECT b.fiscal_year AS fiscal_year
    FROM break_before AS b
    JOIN depth AS d ON d.level = b.comparable
    JOIN depth AS own ON own.level = $level
    WHERE d.depth < own.depth
)
SELECT
    p.from_year AS from_year,
    p.to_year AS to_year,
    p.n AS n,
    COUNT(x.fiscal_year) = 0 AS allowed
FROM pair__group_part AS p
LEFT JOIN barring AS x ON x.fiscal_year > p.from_year AND x.fiscal_year <= p.to_year
WHERE p.place = $place AND p.kind = $kind AND p.part = $part AND p.from_year < p.to_year
GROUP BY p.from_year, p.to_year, p.n
ORDER BY to_year DESC, from_year DESC
