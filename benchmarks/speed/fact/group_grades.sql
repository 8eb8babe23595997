-- uses: member, graded
counted AS (
    SELECT g.fiscal_year, g.position, COUNT(*) AS n
    FROM graded AS g
    WHERE g.overall IS NOT NULL
    GROUP BY g.fiscal_year, g.position
),
scale AS (
    SELECT l.code, l.name_th, MIN(l.fiscal_year) AS scale_from FROM grade_level AS l GROUP BY l.code, l.name_th
)
SELECT
    c.fiscal_year, l.code AS grade_code, l.name_th AS grade_th, l.position, l.color, s.scale_from, c.n,
    100.0 * c.n / SUM(c.n) OVER (PARTITION BY c.fiscal_year) AS share
FROM counted AS c
JOIN grade_level AS l ON l.fiscal_year = c.fiscal_year AND l.position = c.position
JOIN scale AS s ON s.code = l.code AND s.name_th = l.name_th
ORDER BY c.fiscal_year, l.position
