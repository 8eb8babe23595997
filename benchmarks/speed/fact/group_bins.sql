-- uses: member
overall AS (
    SELECT k.value FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level = 'overall'
    WHERE k.fiscal_year = $fiscal_year
)
SELECT CAST(LEAST(FLOOR(ROUND(o.value, 2)), 99) AS INTEGER) AS bin_from, COUNT(*) AS n
FROM overall AS o
GROUP BY 1
ORDER BY 1
