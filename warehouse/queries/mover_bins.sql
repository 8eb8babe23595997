-- How many bodies of a group started at which overall and changed by how much: cells of $width × $width points, from
-- start_from and change_from on; a start of 100 counts in the last cell. Group membership is of the later year.
WITH pair AS (
    SELECT
        CAST(ROUND(CAST(before.value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS start,
        CAST(ROUND(CAST(now.value - before.value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS change
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = now.part
        AND before.respondents = 'all' AND before.fiscal_year = $from_year
    JOIN result__organisation_year AS r
        ON r.name_order = now.name_order AND r.fiscal_year = now.fiscal_year
    WHERE now.fiscal_year = $to_year AND now.level = 'overall' AND now.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
cell AS (
    SELECT
        CAST(FLOOR(LEAST(p.start, 99.99) / $width) * $width AS BIGINT) AS start_from,
        CAST(FLOOR(p.change / $width) * $width AS BIGINT) AS change_from
    FROM pair AS p
)
SELECT
    c.start_from AS start_from,
    c.change_from AS change_from,
    COUNT(*) AS n
FROM cell AS c
GROUP BY c.start_from, c.change_from
ORDER BY start_from, change_from
