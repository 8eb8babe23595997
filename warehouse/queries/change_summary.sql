-- How many bodies of a group rose and fell on one part between two years, and by how much. A change counts as it is
-- shown, with two decimals. Group membership is of the later year.
WITH change AS (
    SELECT
        CAST(now.value - before.value AS DECIMAL(12, 6)) AS exact,
        CAST(ROUND(CAST(now.value - before.value AS DECIMAL(12, 6)), 2) AS DECIMAL(12, 6)) AS shown
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = now.part
        AND before.respondents = now.respondents AND before.fiscal_year = $from_year
    JOIN result__organisation_year AS r
        ON r.name_order = now.name_order AND r.fiscal_year = now.fiscal_year
    WHERE now.fiscal_year = $to_year AND now.part = $part AND now.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
)
SELECT
    COUNT(*) AS n,
    COUNT(CASE WHEN c.shown > 0 THEN 1 END) AS n_up,
    COUNT(CASE WHEN c.shown < 0 THEN 1 END) AS n_down,
    COUNT(CASE WHEN c.shown = 0 THEN 1 END) AS n_same,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(c.exact AS DOUBLE)) AS median,
    CAST(MIN(c.exact) AS DOUBLE) AS min,
    CAST(MAX(c.exact) AS DOUBLE) AS max
FROM change AS c
ORDER BY n
