-- Grain: pair of years whose overalls may be compared × type (all: every type together). What bodies that started at the
-- same overall changed by on average, as a line in the headroom they started with (100 - overall):
--     expected change = intercept + slope × headroom, at most the headroom itself: nobody passes 100.
-- Least squares with the slope held between 0 and 1, so that more room never promises a smaller rise, nor a higher
-- start a lower end. How far bodies usually end from the line is a second line, of the distances: near the ceiling the
-- same surprise is fewer points. A type with fewer than 30 bodies in both years has the line of all types; where these
-- are fewer too, nothing is expected (NULL).
CREATE TABLE expected_change__type_years AS
WITH pair AS (
    SELECT
        before.fiscal_year AS from_year,
        now.fiscal_year AS to_year,
        y.type,
        100 - before.value AS headroom,
        now.value - before.value AS change
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = now.part
        AND before.respondents = now.respondents AND before.fiscal_year < now.fiscal_year
    JOIN organisation_year AS y ON y.organisation_id = now.organisation_id AND y.fiscal_year = now.fiscal_year
    WHERE now.level = 'overall' AND now.respondents = 'all'
        AND NOT EXISTS (
            FROM break_before AS b
            WHERE b.comparable = 'none' AND b.fiscal_year > before.fiscal_year AND b.fiscal_year <= now.fiscal_year
        )
),
sample AS (
    SELECT from_year, to_year, type AS fitted_on, headroom, change FROM pair
    UNION ALL
    SELECT from_year, to_year, 'all' AS fitted_on, headroom, change FROM pair
),
line AS (
    SELECT
        from_year, to_year, fitted_on,
        COUNT(*) AS n,
        ROUND(LEAST(GREATEST(COALESCE(REGR_SLOPE(change, headroom), 0), 0), 1), 9) AS slope,
        ROUND(AVG(change) - slope * AVG(headroom), 9) AS intercept
    FROM sample
    GROUP BY from_year, to_year, fitted_on
),
distance AS (
    SELECT
        s.from_year, s.to_year, s.fitted_on, s.headroom,
        ABS(s.change - LEAST(l.intercept + l.slope * s.headroom, s.headroom)) AS distance
    FROM sample AS s
    JOIN line AS l ON l.from_year = s.from_year AND l.to_year = s.to_year AND l.fitted_on = s.fitted_on
),
spread AS (
    SELECT
        from_year, to_year, fitted_on,
        GREATEST(COALESCE(REGR_SLOPE(distance, headroom), 0), 0) AS free_slope,
        AVG(distance) - free_slope * AVG(headroom) AS free_intercept,
        -- a distance is never negative: a line that would be is drawn through the ceiling
        ROUND(GREATEST(free_intercept, 0), 9) AS usual_intercept,
        ROUND(
            CASE WHEN free_intercept < 0 THEN AVG(distance) / AVG(headroom) ELSE free_slope END, 9
        ) AS usual_slope
    FROM distance
    GROUP BY from_year, to_year, fitted_on
),
fitted AS (
    SELECT l.*, s.usual_intercept, s.usual_slope
    FROM line AS l
    JOIN spread AS s ON s.from_year = l.from_year AND s.to_year = l.to_year AND s.fitted_on = l.fitted_on
    WHERE l.n >= 30
)
SELECT
    own.from_year,
    own.to_year,
    own.fitted_on AS type,
    own.n AS n_type,
    COALESCE(f.fitted_on, pooled.fitted_on) AS fitted_on,
    COALESCE(f.n, pooled.n) AS n,
    COALESCE(f.intercept, pooled.intercept) AS intercept,
    COALESCE(f.slope, pooled.slope) AS slope,
    COALESCE(f.usual_intercept, pooled.usual_intercept) AS usual_intercept,
    COALESCE(f.usual_slope, pooled.usual_slope) AS usual_slope
FROM line AS own
LEFT JOIN fitted AS f
    ON f.from_year = own.from_year AND f.to_year = own.to_year AND f.fitted_on = own.fitted_on
LEFT JOIN fitted AS pooled
    ON pooled.from_year = own.from_year AND pooled.to_year = own.to_year AND pooled.fitted_on = 'all'
ORDER BY own.from_year, own.to_year, own.fitted_on;
