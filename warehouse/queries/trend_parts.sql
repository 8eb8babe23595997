-- The parts that are compared over years (overall, instruments, indicators), named as in their latest edition.
WITH latest AS (
    SELECT p.code AS code, MAX(p.fiscal_year) AS fiscal_year
    FROM part AS p
    WHERE p.level IN ('overall', 'instrument', 'indicator')
    GROUP BY p.code
)
SELECT
    p.code AS part,
    p.name_th AS name_th,
    p.level AS level,
    p.position AS position
FROM latest AS l
JOIN part AS p ON p.code = l.code AND p.fiscal_year = l.fiscal_year
WHERE p.level IN ('overall', 'instrument', 'indicator')
ORDER BY position, part
