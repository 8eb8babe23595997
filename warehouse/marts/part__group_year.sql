-- Grain: group × year × part above the items × respondents.
CREATE TABLE part__group_year AS
WITH indicator AS (
    SELECT organisation_id, fiscal_year, part, CAST(value AS DECIMAL(12, 6)) AS value
    FROM part_value__organisation_year
    WHERE level = 'indicator' AND respondents = 'all'
),
lowest AS (
    SELECT organisation_id, fiscal_year, MIN(value) AS value
    FROM indicator
    GROUP BY organisation_id, fiscal_year
),
lowest_count AS (
    SELECT m.place, m.kind, i.fiscal_year, i.part, COUNT(*) AS n
    FROM indicator AS i
    JOIN lowest AS l
        ON l.organisation_id = i.organisation_id AND l.fiscal_year = i.fiscal_year AND l.value = i.value
    JOIN member__organisation_year AS m
        ON m.organisation_id = i.organisation_id AND m.fiscal_year = i.fiscal_year
    GROUP BY m.place, m.kind, i.fiscal_year, i.part
),
summary AS (
    SELECT
        m.place,
        m.kind,
        v.fiscal_year,
        v.position,
        v.respondents,
        COUNT(*) AS n,
        AVG(v.value) AS mean,
        MIN(v.value) AS min,
        QUANTILE_CONT(v.value, [0.25, 0.5, 0.75]) AS quartiles,    -- one sort for all three
        MAX(v.value) AS max,
        COUNT(v.change) AS n_change,
        AVG(v.change) AS mean_change
    FROM part_value__organisation_year AS v
    JOIN member__organisation_year AS m
        ON m.organisation_id = v.organisation_id AND m.fiscal_year = v.fiscal_year
    GROUP BY m.place, m.kind, v.fiscal_year, v.position, v.respondents
)
SELECT
    s.place, s.kind, s.fiscal_year, p.code AS part, s.respondents, p.level, s.position, s.n, s.mean, s.min,
    s.quartiles[1] AS q1, s.quartiles[2] AS median, s.quartiles[3] AS q3, s.max,
    p.weight_in_total * (100 - s.mean) AS mean_points_lost, s.n_change, s.mean_change,
    CASE WHEN s.respondents = 'all' THEN COALESCE(l.n, 0) ELSE 0 END AS n_lowest
FROM summary AS s
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.position = s.position
LEFT JOIN lowest_count AS l
    ON l.place = s.place AND l.kind = s.kind AND l.fiscal_year = s.fiscal_year AND l.part = p.code
ORDER BY s.place, s.kind, s.fiscal_year, s.position, s.respondents;
