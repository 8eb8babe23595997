-- Grain: group × year × part above the items × respondents. n_lowest counts the bodies whose lowest indicator it is,
-- n_zero those with no point at all.
CREATE TABLE part__group_year AS
WITH numbered_group AS (    -- a number in place of two texts, for every value is summed up in up to nine groups
    SELECT g.place, g.kind, CAST(ROW_NUMBER() OVER (ORDER BY g.place, g.kind) AS SMALLINT) AS group_no
    FROM (SELECT DISTINCT place, kind FROM member__organisation_year) AS g
),
member AS (
    SELECT r.name_order, r.fiscal_year, r.lowest_indicators, g.group_no
    FROM member__organisation_year AS m
    JOIN numbered_group AS g ON g.place = m.place AND g.kind = m.kind
    JOIN result__organisation_year AS r
        ON r.organisation_id = m.organisation_id AND r.fiscal_year = m.fiscal_year
),
lowest AS (
    SELECT m.group_no, m.fiscal_year, UNNEST(STRING_SPLIT(m.lowest_indicators, ', ')) AS part
    FROM member AS m
),
lowest_count AS (
    SELECT l.group_no, l.fiscal_year, l.part, COUNT(*) AS n
    FROM lowest AS l
    GROUP BY l.group_no, l.fiscal_year, l.part
),
summary AS (
    SELECT
        m.group_no,
        v.fiscal_year,
        v.position,
        v.respondents,
        COUNT(*) AS n,
        AVG(v.value) AS mean,
        MIN(v.value) AS min,
        QUANTILE_CONT(v.value, [0.25, 0.5, 0.75]) AS quartiles,    -- one sort for all three
        MAX(v.value) AS max,
        COUNT(*) FILTER (WHERE v.is_zero) AS n_zero,
        COUNT(v.change) AS n_change,
        AVG(v.change) AS mean_change
    FROM (
        SELECT *, CAST(value AS DECIMAL(12, 6)) = 0 AS is_zero FROM part_value__organisation_year
    ) AS v
    JOIN member AS m ON m.name_order = v.name_order AND m.fiscal_year = v.fiscal_year
    GROUP BY m.group_no, v.fiscal_year, v.position, v.respondents
)
SELECT
    g.place, g.kind, s.fiscal_year, p.code AS part, s.respondents, p.level, s.position, s.n, s.mean, s.min,
    s.quartiles[1] AS q1, s.quartiles[2] AS median, s.quartiles[3] AS q3, s.max, s.n_zero,
    p.weight_in_total * (100 - s.mean) AS mean_points_lost, s.n_change, s.mean_change,
    CASE WHEN s.respondents = 'all' THEN COALESCE(l.n, 0) ELSE 0 END AS n_lowest
FROM summary AS s
JOIN numbered_group AS g ON g.group_no = s.group_no
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.position = s.position
LEFT JOIN lowest_count AS l ON l.group_no = s.group_no AND l.fiscal_year = s.fiscal_year AND l.part = p.code
ORDER BY g.place, g.kind, s.fiscal_year, s.position, s.respondents;
