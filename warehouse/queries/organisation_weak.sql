-- Every indicator of the years a body's measures answer, lowest score first, with how many measures address it.
-- A score is below the pass mark where it still is after rounding half up to two decimals.
WITH assessed AS (
    SELECT m.assessed_year AS fiscal_year, COUNT(*) AS n_plan
    FROM measure AS m
    WHERE m.organisation_id = $organisation
    GROUP BY m.assessed_year
),
addressed AS (
    SELECT
        m.assessed_year AS fiscal_year,
        i.part AS part,
        COUNT(*) AS n_measures,
        SUM(CASE WHEN i.basis = 'printed' THEN 1 ELSE 0 END) AS n_printed
    FROM measure AS m
    JOIN measure_indicator AS i ON i.measure_id = m.measure_id
    WHERE m.organisation_id = $organisation
    GROUP BY m.assessed_year, i.part
)
SELECT
    a.fiscal_year AS fiscal_year,
    p.code AS part,
    p.name_th AS name_th,
    p.position AS position,
    v.value AS value,
    v.basis AS basis,
    p.weight_in_total * (100 - v.value) AS points_lost,
    e.pass_mark AS pass_mark,
    CAST(v.value AS DECIMAL(12, 6)) < CAST(e.pass_mark - 0.005 AS DECIMAL(12, 6)) AS is_weak,
    CAST(COALESCE(d.n_measures, 0) AS BIGINT) AS n_measures,
    CAST(COALESCE(d.n_printed, 0) AS BIGINT) AS n_printed
FROM assessed AS a
JOIN edition AS e ON e.fiscal_year = a.fiscal_year
JOIN part AS p ON p.fiscal_year = a.fiscal_year AND p.level = 'indicator'
LEFT JOIN part_value__organisation_year AS v
    ON v.organisation_id = $organisation AND v.fiscal_year = a.fiscal_year
    AND v.part = p.code AND v.respondents = 'all'
LEFT JOIN addressed AS d ON d.fiscal_year = a.fiscal_year AND d.part = p.code
ORDER BY fiscal_year DESC, value NULLS LAST, position
