-- How the bodies of a group moved between two years: beside what bodies of their type and start did on average, and
-- across the pass mark. Changes of up to $small points count as none. Group membership is of the later year.
WITH pair AS (
    SELECT
        CAST(ROUND(CAST(r.overall - was.overall AS DECIMAL(12, 6)), 2) AS DECIMAL(12, 6)) AS change,
        -- compared, not LEAST: that would take the headroom where nothing is expected
        CAST(r.overall - was.overall - CASE
            WHEN e.intercept + e.slope * (100 - was.overall) > 100 - was.overall THEN 100 - was.overall
            ELSE e.intercept + e.slope * (100 - was.overall)
        END AS DECIMAL(12, 6)) AS beyond,
        CAST(e.usual_intercept + e.usual_slope * (100 - was.overall) AS DECIMAL(12, 6)) AS usual,
        was.passed AS passed_from,
        r.passed AS passed_to
    FROM result__organisation_year AS r
    JOIN result__organisation_year AS was ON was.name_order = r.name_order AND was.fiscal_year = $from_year
    LEFT JOIN expected_change__type_years AS e
        ON e.from_year = $from_year AND e.to_year = r.fiscal_year AND e.type = r.type
    WHERE r.fiscal_year = $to_year AND r.overall IS NOT NULL AND was.overall IS NOT NULL
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
)
SELECT
    COUNT(*) AS n,
    COUNT(CASE WHEN p.change > $small THEN 1 END) AS n_up,
    COUNT(CASE WHEN p.change < -$small THEN 1 END) AS n_down,
    COUNT(CASE WHEN p.change BETWEEN -$small AND $small THEN 1 END) AS n_small,
    COUNT(p.beyond) AS n_expected,
    COUNT(CASE WHEN p.change > $small AND p.beyond > 0 THEN 1 END) AS n_improved,
    COUNT(CASE WHEN p.beyond > p.usual THEN 1 END) AS n_above_usual,
    COUNT(CASE WHEN p.beyond < -p.usual THEN 1 END) AS n_below_usual,
    COUNT(CASE WHEN p.passed_from IS NOT NULL AND p.passed_to IS NOT NULL THEN 1 END) AS n_judged,
    COUNT(CASE WHEN NOT p.passed_from AND p.passed_to THEN 1 END) AS n_passing,
    COUNT(CASE WHEN p.passed_from AND NOT p.passed_to THEN 1 END) AS n_failing,
    AVG(CAST(p.change AS DOUBLE)) AS mean_change,
    AVG(CAST(p.beyond AS DOUBLE)) AS mean_beyond
FROM pair AS p
ORDER BY n
