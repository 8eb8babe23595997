-- uses:
one AS (    -- the groups asked for are the types of the whole country
    SELECT s.fiscal_year, y.type, s.value
    FROM score AS s
    JOIN organisation_year AS y ON y.organisation_id = s.organisation_id AND y.fiscal_year = s.fiscal_year
    WHERE s.part = $part AND s.respondents = 'all' AND POSITION(',all/' || y.type || ',' IN $groups) > 0
)
SELECT
    'all' AS place, o.type AS kind, o.fiscal_year, COUNT(*) AS n, QUANTILE_CONT(o.value, 0.25) AS q1,
    MEDIAN(o.value) AS median, QUANTILE_CONT(o.value, 0.75) AS q3
FROM one AS o
GROUP BY o.type, o.fiscal_year
ORDER BY o.type, o.fiscal_year
