-- How many bodies of a group moved by how much on one part between two years, in steps of $width points: from bin_from
-- to below bin_from + $width. Group membership is of the later year.
WITH change AS (
    SELECT CAST(ROUND(CAST(now.value - before.value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS shown
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = now.part
        AND before.respondents = 'all' AND before.fiscal_year = $from_year
    JOIN result__organisation_year AS r
        ON r.name_order = now.name_order AND r.fiscal_year = now.fiscal_year
    WHERE now.fiscal_year = $to_year AND now.part = $part AND now.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
)
SELECT
    CAST(FLOOR(c.shown / $width) * $width AS BIGINT) AS bin_from,
    COUNT(*) AS n
FROM change AS c
GROUP BY CAST(FLOOR(c.shown / $width) * $width AS BIGINT)
ORDER BY bin_from
