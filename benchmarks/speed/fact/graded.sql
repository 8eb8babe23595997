-- The best level whose floors the overall and the lowest instrument reach.
reached AS (
    SELECT
        k.organisation_id, k.fiscal_year,
        MAX(k.value) FILTER (WHERE p.level = 'overall') AS overall,
        MIN(k.value) FILTER (WHERE p.level = 'instrument') AS lowest
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level IN ('overall', 'instrument')
    GROUP BY k.organisation_id, k.fiscal_year
),
graded AS (
    SELECT r.organisation_id, r.fiscal_year, r.overall, MIN(l.position) AS position
    FROM reached AS r
    LEFT JOIN grade_level AS l
        ON l.fiscal_year = r.fiscal_year AND ROUND(r.overall, 2) >= l.overall_at_least
        AND ROUND(r.lowest, 2) >= COALESCE(l.instruments_at_least, 0)
    GROUP BY r.organisation_id, r.fiscal_year, r.overall
),
