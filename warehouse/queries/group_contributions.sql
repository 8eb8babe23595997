-- What each part of a level brought to the change of the overall between two years, weight × change, as means over the
-- bodies of a group that have all of these parts and the overall in both years. Parts with the same weight in both years
-- only; the overall itself is a row with weight 1. Group membership is of the later year.
WITH shared AS (
    SELECT
        now.code AS part,
        now.level AS level,
        now.position AS position,
        now.name_th AS name_th,
        now.weight_in_total AS weight
    FROM part AS now
    JOIN part AS before
        ON before.code = now.code AND before.level = now.level AND before.fiscal_year = $from_year
        AND ABS(before.weight_in_total - now.weight_in_total) < 0.000001
    WHERE now.fiscal_year = $to_year AND now.level IN ('overall', $level)
),
size AS (
    SELECT COUNT(*) AS n_parts
    FROM shared AS s
),
moved AS (
    SELECT
        now.name_order AS name_order,
        s.part AS part,
        now.value - before.value AS change
    FROM shared AS s
    JOIN part_value__organisation_year AS now
        ON now.part = s.part AND now.respondents = 'all' AND now.fiscal_year = $to_year
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = now.part
        AND before.respondents = 'all' AND before.fiscal_year = $from_year
    JOIN result__organisation_year AS r
        ON r.name_order = now.name_order AND r.fiscal_year = now.fiscal_year
    WHERE $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
whole AS (
    SELECT m.name_order AS name_order
    FROM moved AS m
    CROSS JOIN size AS z
    GROUP BY m.name_order, z.n_parts
    HAVING COUNT(*) = z.n_parts
)
SELECT
    s.part AS part,
    s.level AS level,
    s.position AS position,
    s.name_th AS name_th,
    s.weight AS weight,
    COUNT(*) AS n,
    AVG(CAST(m.change AS DOUBLE)) AS mean_change,
    AVG(CAST(s.weight * m.change AS DOUBLE)) AS mean_contribution,
    COUNT(CASE WHEN m.change > 0 THEN 1 END) AS n_up,
    COUNT(CASE WHEN m.change < 0 THEN 1 END) AS n_down
FROM moved AS m
JOIN whole AS w ON w.name_order = m.name_order
JOIN shared AS s ON s.part = m.part
GROUP BY s.part, s.level, s.position, s.name_th, s.weight
ORDER BY position
