-- uses: member, graded
yearly AS (
    SELECT
        m.fiscal_year,
        COUNT(*) AS n_bodies, COUNT(g.overall) AS n, AVG(g.overall) AS mean, MIN(g.overall) AS min,
        QUANTILE_CONT(g.overall, 0.25) AS q1, MEDIAN(g.overall) AS median,
        QUANTILE_CONT(g.overall, 0.75) AS q3, MAX(g.overall) AS max,
        COUNT(l.passed) AS n_judged, COUNT(*) FILTER (WHERE l.passed) AS n_passed
    FROM member AS m
    LEFT JOIN graded AS g ON g.organisation_id = m.organisation_id AND g.fiscal_year = m.fiscal_year
    LEFT JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.position = g.position
    GROUP BY m.fiscal_year
)
SELECT
    y.fiscal_year, e.pass_mark, y.n_bodies, y.n, y.mean, y.min, y.q1, y.median, y.q3, y.max,
    y.n_judged, y.n_passed, 100.0 * y.n_passed / NULLIF(y.n_judged, 0) AS share_passed,
    t.share AS target_share, t.confirmed AS target_confirmed
FROM yearly AS y
JOIN edition AS e ON e.fiscal_year = y.fiscal_year
LEFT JOIN target AS t ON t.fiscal_year = y.fiscal_year
ORDER BY y.fiscal_year
