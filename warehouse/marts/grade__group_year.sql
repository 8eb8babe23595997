-- Grain: group × year × grade, with the undecided counted apart.
CREATE TABLE grade__group_year AS
SELECT
    m.place,
    m.kind,
    m.fiscal_year,
    COALESCE(r.grade_code, 'undecided') AS grade_code,
    COUNT(*) AS n
FROM member__organisation_year AS m
JOIN result__organisation_year AS r
    ON r.organisation_id = m.organisation_id AND r.fiscal_year = m.fiscal_year
WHERE r.overall IS NOT NULL AND r.grade_basis <> 'no_scale'
GROUP BY m.place, m.kind, m.fiscal_year, COALESCE(r.grade_code, 'undecided')
ORDER BY m.place, m.kind, m.fiscal_year, grade_code;
