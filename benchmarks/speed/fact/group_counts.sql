-- uses: member, graded
-- What the group's bodies of the year have: the break decides whether a change may be told.
body AS (
    SELECT
        m.organisation_id, o.district_th, o.province_iso, g.overall, l.passed, b.value AS previous
    FROM member AS m
    JOIN organisation AS o ON o.organisation_id = m.organisation_id
    LEFT JOIN graded AS g ON g.organisation_id = m.organisation_id AND g.fiscal_year = m.fiscal_year
    LEFT JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.position = g.position
    LEFT JOIN score AS b
        ON b.organisation_id = m.organisation_id AND b.fiscal_year = $fiscal_year - 1 AND b.part = 'overall'
        AND b.respondents = 'all'
    WHERE m.fiscal_year = $fiscal_year
)
SELECT
    COUNT(*) AS n_bodies, COUNT(y.overall) AS n_overall, COUNT(*) FILTER (WHERE y.passed = FALSE) AS n_below,
    COUNT(*) FILTER (WHERE y.passed) AS n_passed, COUNT(*) - COUNT(y.overall) AS n_no_overall,
    COUNT(y.previous) FILTER (WHERE y.overall IS NOT NULL AND COALESCE(c.comparable, '') <> 'none') AS n_changes,
    COUNT(y.previous) AS n_previous, COUNT(y.district_th) AS n_districts, COUNT(y.province_iso) AS n_provinces
FROM body AS y
LEFT JOIN break_before AS c ON c.fiscal_year = $fiscal_year
