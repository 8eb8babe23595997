-- How many bodies of a group with an overall in two years went from which grade to which, best grade first; a level that
-- is undecided comes last. Group membership is of the later year.
WITH pair AS (
    SELECT
        was.grade_th AS from_th,
        COALESCE(l.position, 99) AS from_position,
        was.passed AS from_passed,
        r.grade_th AS to_th,
        COALESCE(m.position, 99) AS to_position,
        r.passed AS to_passed
    FROM result__organisation_year AS r
    JOIN result__organisation_year AS was
        ON was.name_order = r.name_order AND was.fiscal_year = $from_year
    LEFT JOIN grade_level AS l ON l.fiscal_year = was.fiscal_year AND l.code = was.grade_code
    LEFT JOIN grade_level AS m ON m.fiscal_year = r.fiscal_year AND m.code = r.grade_code
    WHERE r.fiscal_year = $to_year AND r.overall IS NOT NULL AND was.overall IS NOT NULL
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
)
SELECT
    p.from_th AS from_th,
    p.from_position AS from_position,
    p.from_passed AS from_passed,
    p.to_th AS to_th,
    p.to_position AS to_position,
    p.to_passed AS to_passed,
    COUNT(*) AS n
FROM pair AS p
GROUP BY p.from_th, p.from_position, p.from_passed, p.to_th, p.to_position, p.to_passed
ORDER BY from_position, from_th, to_position, to_th
