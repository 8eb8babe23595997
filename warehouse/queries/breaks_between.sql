-- The breaks a comparison of two years crosses, and whether parts of a level may still be compared across each.
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
)
SELECT
    b.fiscal_year AS fiscal_year,
    b.reason_th AS reason_th,
    d.depth >= own.depth AS allowed
FROM break_before AS b
JOIN depth AS d ON d.level = b.comparable
JOIN depth AS own ON own.level = $level
WHERE b.fiscal_year > $from_year AND b.fiscal_year <= $to_year
ORDER BY fiscal_year
