-- uses: member, graded
placed AS (
    SELECT o.district_th, g.overall, l.passed
    FROM member AS m
    JOIN organisation AS o ON o.organisation_id = m.organisation_id
    LEFT JOIN graded AS g ON g.organisation_id = m.organisation_id AND g.fiscal_year = m.fiscal_year
    LEFT JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.position = g.position
    WHERE m.fiscal_year = $fiscal_year AND o.district_th IS NOT NULL
)
SELECT
    p.district_th, COUNT(*) AS n_bodies, COUNT(p.overall) AS n, AVG(p.overall) AS mean,
    COUNT(*) FILTER (WHERE p.passed = FALSE) AS n_below
FROM placed AS p
GROUP BY p.district_th
ORDER BY p.district_th
