-- uses:
overall AS (
    SELECT s.fiscal_year, COUNT(*) AS n
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part AND p.level = 'overall'
    WHERE s.respondents = 'all'
    GROUP BY s.fiscal_year
),
body AS (
    SELECT s.fiscal_year, COUNT(DISTINCT s.organisation_id) AS n_bodies FROM score AS s GROUP BY s.fiscal_year
)
SELECT
    e.fiscal_year, e.name_th, e.pass_mark, COALESCE(o.n, 0) AS n, COALESCE(b.n_bodies, 0) AS n_bodies
FROM edition AS e
LEFT JOIN overall AS o ON o.fiscal_year = e.fiscal_year
LEFT JOIN body AS b ON b.fiscal_year = e.fiscal_year
ORDER BY e.fiscal_year
