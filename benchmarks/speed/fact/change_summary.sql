-- uses: member, pair
change AS (
    SELECT CAST(p.change AS DECIMAL(12, 6)) AS exact FROM pair AS p
)
SELECT
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE ROUND(c.exact, 2) > 0) AS n_up,
    COUNT(*) FILTER (WHERE ROUND(c.exact, 2) < 0) AS n_down,
    COUNT(*) FILTER (WHERE ROUND(c.exact, 2) = 0) AS n_same,
    MEDIAN(CAST(c.exact AS DOUBLE)) AS median,
    CAST(MIN(c.exact) AS DOUBLE) AS min,
    CAST(MAX(c.exact) AS DOUBLE) AS max
FROM change AS c
