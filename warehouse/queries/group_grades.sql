-- How many bodies of a group stand at each grade in every year, best grade first.
WITH scale AS (
    SELECT l.code AS code, l.name_th AS name_th, MIN(l.fiscal_year) AS scale_from
    FROM grade_level AS l
    GROUP BY l.code, l.name_th
)
SELECT
    g.fiscal_year AS fiscal_year,
    g.grade_code AS grade_code,
    COALESCE(l.name_th, 'ไม่ทราบระดับย่อย') AS grade_th,
    COALESCE(l.position, 99) AS position,
    l.color AS color,
    scale.scale_from AS scale_from,
    g.n AS n,
    100.0 * g.n / SUM(g.n) OVER (PARTITION BY g.fiscal_year) AS share
FROM grade__group_year AS g
LEFT JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.code = g.grade_code
LEFT JOIN scale ON scale.code = l.code AND scale.name_th = l.name_th
WHERE g.place = $place AND g.kind = $kind
ORDER BY fiscal_year, position
