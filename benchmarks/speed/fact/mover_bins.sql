-- uses: member
pair AS (
    SELECT b.value AS start, k.value - b.value AS change
    FROM known AS k
    JOIN score AS b
        ON b.organisation_id = k.organisation_id AND b.part = k.part AND b.respondents = 'all'
        AND b.fiscal_year = $from_year
    WHERE k.fiscal_year = $to_year AND k.part = 'overall'
),
shown AS (
    SELECT
        CAST(ROUND(CAST(p.start AS DECIMAL(12, 6)), 2) AS DOUBLE) AS start,
        CAST(ROUND(CAST(p.change AS DECIMAL(12, 6)), 2) AS DOUBLE) AS change
    FROM pair AS p
)
SELECT
    CAST(FLOOR(LEAST(s.start, 99.99) / $width) * $width AS BIGINT) AS start_from,
    CAST(FLOOR(s.change / $width) * $width AS BIGINT) AS change_from,
    COUNT(*) AS n
FROM shown AS s
GROUP BY 1, 2
ORDER BY 1, 2
