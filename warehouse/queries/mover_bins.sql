-- How many bodies of a group started at which overall and changed by how much: cells of $width × $width points, from
-- start_from and change_from on; a start of 100 counts in the last cell. Group membership is of the later year.
WITH pair AS (
    SELECT
        CAST(ROUND(CAST(was.overall AS DECIMAL(12, 6)), 2) AS DOUBLE) AS start,
        CAST(ROUND(CAST(r.overall - was.overall AS DECIMAL(12, 6)), 2) AS DOUBLE) AS change
    FROM result__organisation_year AS r
    JOIN result__organisation_year AS was ON was.name_order = r.name_order AND was.fiscal_year = $from_year
    WHERE r.fiscal_year = $to_year AND r.overall IS NOT NULL AND was.overall IS NOT NULL
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
