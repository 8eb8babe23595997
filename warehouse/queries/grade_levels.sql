-- The grade scale of every year, best level first.
SELECT
    l.fiscal_year AS fiscal_year,
    l.code AS code,
    l.position AS position,
    l.name_th AS name_th,
    l.overall_at_least AS overall_at_least,
    l.instruments_at_least AS instruments_at_least,
    l.passed AS passed,
    l.color AS color
FROM grade_level AS l
ORDER BY fiscal_year, position
