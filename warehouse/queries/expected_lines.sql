-- What bodies changed by on average between two years, as a line in their headroom at the start, for every type and for
-- all of them; see marts/expected_change__type_years.sql.
SELECT
    e.type AS type,
    e.n_type AS n_type,
    e.fitted_on AS fitted_on,
    e.n AS n,
    e.intercept AS intercept,
    e.slope AS slope,
    e.usual_intercept AS usual_intercept,
    e.usual_slope AS usual_slope
FROM expected_change__type_years AS e
WHERE e.from_year = $from_year AND e.to_year = $to_year
ORDER BY type
