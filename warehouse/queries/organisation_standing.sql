-- Where a body stands in a group in a year, by its overall and by its change on the year before: how many bodies are
-- known (n), how many of them are below it and equal to it (itself among these), NULL where it is not one of them.
-- Aspects: overall; overall_of_both, previous_of_both and change: this year's and last year's overall and the change,
-- among the bodies that have both, in years that may be compared. q1, median, q3: the quartiles of what is compared.
WITH member AS (
    SELECT
        r.organisation_id AS organisation_id,
        CAST(r.overall AS DECIMAL(12, 6)) AS overall,
        CAST(r.previous_overall AS DECIMAL(12, 6)) AS previous,
        CAST(r.overall_change AS DECIMAL(12, 6)) AS change
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
known AS (
    SELECT 1 AS aspect_order, 'overall' AS aspect, m.organisation_id AS organisation_id, m.overall AS value
    FROM member AS m
    WHERE m.overall IS NOT NULL
    UNION ALL
    SELECT 2 AS aspect_order, 'previous_of_both' AS aspect, m.organisation_id AS organisation_id, m.previous AS value
    FROM member AS m
    WHERE m.change IS NOT NULL
    UNION ALL
    SELECT 3 AS aspect_order, 'overall_of_both' AS aspect, m.organisation_id AS organisation_id, m.overall AS value
    FROM member AS m
    WHERE m.change IS NOT NULL
    UNION ALL
    SELECT 4 AS aspect_order, 'change' AS aspect, m.organisation_id AS organisation_id, m.change AS value
    FROM member AS m
    WHERE m.change IS NOT NULL
),
body AS (
    SELECT k.aspect AS aspect, k.value AS value FROM known AS k WHERE k.organisation_id = $organisation
)
SELECT
    k.aspect AS aspect,
    CAST(MAX(b.value) AS DOUBLE) AS value,
    COUNT(*) AS n,
    CASE WHEN COUNT(b.value) > 0 THEN COUNT(CASE WHEN k.value > b.value THEN 1 END) END AS n_above,
    CASE WHEN COUNT(b.value) > 0 THEN COUNT(CASE WHEN k.value < b.value THEN 1 END) END AS n_below,
    CASE WHEN COUNT(b.value) > 0 THEN COUNT(CASE WHEN k.value = b.value THEN 1 END) END AS n_equal,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY CAST(k.value AS DOUBLE)) AS q1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(k.value AS DOUBLE)) AS median,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY CAST(k.value AS DOUBLE)) AS q3,
    k.aspect_order AS aspect_order
FROM known AS k
LEFT JOIN body AS b ON b.aspect = k.aspect
GROUP BY k.aspect, k.aspect_order
ORDER BY aspect_order
