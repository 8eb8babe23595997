-- uses: member
shown AS (
    SELECT k.organisation_id, k.part, k.value, p.name_th, p.level, p.position
    FROM known AS k
    JOIN part AS p
        ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level IN ('overall', 'instrument', 'indicator')
    WHERE k.fiscal_year = $fiscal_year
),
own AS (
    SELECT s.part, s.value FROM score AS s
    WHERE s.organisation_id = $organisation AND s.fiscal_year = $fiscal_year AND s.respondents = 'all'
)
SELECT
    s.part, s.name_th, s.level, s.position, o.value, 'published' AS basis,
    COUNT(*) AS n, MIN(s.value) AS min, QUANTILE_CONT(s.value, 0.25) AS q1, MEDIAN(s.value) AS median,
    QUANTILE_CONT(s.value, 0.75) AS q3, MAX(s.value) AS max, o.value - MEDIAN(s.value) AS gap_to_median
FROM shown AS s
JOIN own AS o ON o.part = s.part
GROUP BY s.part, s.name_th, s.level, s.position, o.value
ORDER BY s.position
