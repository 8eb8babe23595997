-- Grain: group × year × part above the items × respondents.
CREATE TABLE part__group_year AS
WITH lowest_indicator AS (
    SELECT
        organisation_id, fiscal_year, part, respondents,
        RANK() OVER (
            PARTITION BY organisation_id, fiscal_year ORDER BY CAST(value AS DECIMAL(12, 6))
        ) = 1 AS is_lowest
    FROM part_value__organisation_year
    WHERE level = 'indicator' AND respondents = 'all'
),
summary AS (
    SELECT
        m.place,
        m.kind,
        v.fiscal_year,
        v.part,
        v.respondents,
        v.level,
        v.position,
        COUNT(*) AS n,
        AVG(v.value) AS mean,
        MIN(v.value) AS min,
        QUANTILE_CONT(v.value, [0.25, 0.5, 0.75]) AS quartiles,    -- one sort for all three
        MAX(v.value) AS max,
        AVG(v.points_lost) AS mean_points_lost,
        COUNT(v.change) AS n_change,
        AVG(v.change) AS mean_change,
        COUNT(*) FILTER (WHERE l.is_lowest) AS n_lowest
    FROM part_value__organisation_year AS v
    JOIN member__organisation_year AS m
        ON m.organisation_id = v.organisation_id AND m.fiscal_year = v.fiscal_year
    LEFT JOIN lowest_indicator AS l
        ON l.organisation_id = v.organisation_id AND l.fiscal_year = v.fiscal_year
        AND l.part = v.part AND l.respondents = v.respondents
    GROUP BY m.place, m.kind, v.fiscal_year, v.part, v.respondents, v.level, v.position
)
SELECT
    place, kind, fiscal_year, part, respondents, level, position, n, mean, min,
    quartiles[1] AS q1, quartiles[2] AS median, quartiles[3] AS q3, max,
    mean_points_lost, n_change, mean_change, n_lowest
FROM summary
ORDER BY place, kind, fiscal_year, position, respondents;
