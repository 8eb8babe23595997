-- uses: member
parent AS (
    SELECT DISTINCT i.parent AS code FROM part AS i WHERE i.fiscal_year = $fiscal_year AND i.scale = 'binary'
)
SELECT
    p.code AS part, p.name_th, p.level, p.indicator, p.position, p.split_confirmed,
    COUNT(k.value) AS n, AVG(k.value) AS mean, COUNT(*) FILTER (WHERE k.value = 0) AS n_zero,
    100.0 * COUNT(*) FILTER (WHERE k.value = 0) / NULLIF(COUNT(k.value), 0) AS share_zero
FROM part AS p
JOIN parent ON parent.code = p.code
LEFT JOIN known AS k ON k.fiscal_year = p.fiscal_year AND k.part = p.code
WHERE p.fiscal_year = $fiscal_year
GROUP BY p.code, p.name_th, p.level, p.indicator, p.position, p.split_confirmed
ORDER BY p.position
