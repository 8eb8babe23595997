-- Grain: group × year. The overalls of a group's bodies; n counts bodies with an overall, n_bodies all of them.
CREATE TABLE overall__group_year AS
SELECT
    m.place,
    m.kind,
    m.fiscal_year,
    COUNT(*) AS n_bodies,
    COUNT(r.overall) AS n,
    AVG(r.overall) AS mean,
    MIN(r.overall) AS min,
    QUANTILE_CONT(r.overall, 0.25) AS q1,
    MEDIAN(r.overall) AS median,
    QUANTILE_CONT(r.overall, 0.75) AS q3,
    MAX(r.overall) AS max,
    COUNT(*) FILTER (WHERE r.passed) AS n_passed,
    COUNT(r.passed) AS n_judged,
    100.0 * COUNT(*) FILTER (WHERE r.passed) / NULLIF(COUNT(r.passed), 0) AS share_passed
FROM member__organisation_year AS m
JOIN result__organisation_year AS r
    ON r.organisation_id = m.organisation_id AND r.fiscal_year = m.fiscal_year
GROUP BY m.place, m.kind, m.fiscal_year
ORDER BY m.place, m.kind, m.fiscal_year;
