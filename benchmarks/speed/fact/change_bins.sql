-- uses: member, pair
shown AS (
    SELECT CAST(ROUND(CAST(p.change AS DECIMAL(12, 6)), 2) AS DOUBLE) AS shown FROM pair AS p
)
SELECT CAST(FLOOR(s.shown / $width) * $width AS BIGINT) AS bin_from, COUNT(*) AS n
FROM shown AS s
GROUP BY 1
ORDER BY 1
