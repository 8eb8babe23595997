-- uses: member
one AS (
    SELECT k.fiscal_year, k.value FROM known AS k WHERE k.part = $part
)
SELECT
    o.fiscal_year, COUNT(*) AS n, AVG(o.value) AS mean, MIN(o.value) AS min, QUANTILE_CONT(o.value, 0.25) AS q1,
    MEDIAN(o.value) AS median, QUANTILE_CONT(o.value, 0.75) AS q3, MAX(o.value) AS max
FROM one AS o
GROUP BY o.fiscal_year
ORDER BY o.fiscal_year
