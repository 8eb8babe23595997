-- uses: member, graded
level AS (
    SELECT g.organisation_id, g.fiscal_year, l.name_th, l.position, l.passed
    FROM graded AS g
    JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.position = g.position
    WHERE g.overall IS NOT NULL
)
SELECT
    f.name_th AS from_th, f.position AS from_position, f.passed AS from_passed,
    t.name_th AS to_th, t.position AS to_position, t.passed AS to_passed, COUNT(*) AS n
FROM level AS t
JOIN level AS f ON f.organisation_id = t.organisation_id AND f.fiscal_year = $from_year
WHERE t.fiscal_year = $to_year
GROUP BY ALL
ORDER BY from_position, from_th, to_position, to_th
