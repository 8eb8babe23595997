-- The bodies of a group in a year on two parts of any level: how many have each score and both (n), the medians of these,
-- and how many stand where. A score is high from its cut on, both at two decimals; $cut is median or mark (then $mark).
-- Above and below: the first is $gap points or more above the other, or under it. n_marked counts those with the first
-- score from $value_from to under $value_below, and the other likewise; a span over 100 leaves all.
WITH scored AS (
    SELECT v.organisation_id AS organisation_id, 1 AS place_no, v.value AS value
    FROM value__organisation_year AS v
    WHERE v.fiscal_year = $fiscal_year AND v.part = $part AND v.respondents = $respondents
    UNION ALL
    SELECT v.organisation_id AS organisation_id, 2 AS place_no, v.value AS value
    FROM value__organisation_year AS v
    WHERE v.fiscal_year = $fiscal_year AND v.part = $other AND v.respondents = $other_respondents
),
pair AS (
    SELECT
        s.organisation_id AS organisation_id,
        MAX(CASE WHEN s.place_no = 1 THEN s.value END) AS value,
        MAX(CASE WHEN s.place_no = 2 THEN s.value END) AS other_value
    FROM scored AS s
    GROUP BY s.organisation_id
),
member AS (
    SELECT
        CASE WHEN p.value IS NOT NULL AND p.other_value IS NOT NULL THEN 1 ELSE 0 END AS has_both,
        CAST(ROUND(CAST(p.value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS value,
        CAST(ROUND(CAST(p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS other_value,
        CAST(ROUND(CAST(p.value - p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS difference
    FROM result__organisation_year AS r
    LEFT JOIN pair AS p ON p.organisation_id = r.organisation_id
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
middle AS (
    SELECT
        PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(m.value AS DOUBLE)) AS median_value,
        PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(m.other_value AS DOUBLE)) AS median_other,
        PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(m.difference AS DOUBLE)) AS median_difference
    FROM member AS m
    WHERE m.has_both = 1
),
cut AS (
    SELECT
        m.median_difference AS median_difference,
        CAST(ROUND(CAST(CASE WHEN $cut = 'mark' THEN $mark ELSE m.median_value END AS DECIMAL(12, 6)), 2) AS DOUBLE)
            AS cut_value,
        CAST(ROUND(CAST(CASE WHEN $cut = 'mark' THEN $mark ELSE m.median_other END AS DECIMAL(12, 6)), 2) AS DOUBLE)
            AS cut_other
    FROM middle AS m
)
SELECT
    COUNT(*) AS n_bodies,
    COUNT(m.value) AS n_value,
    COUNT(m.other_value) AS n_other,
    COUNT(CASE WHEN m.has_both = 1 THEN 1 END) AS n,
    c.cut_value AS cut_value,
    c.cut_other AS cut_other,
    c.median_difference AS median_difference,
    COUNT(CASE WHEN m.value >= c.cut_value AND m.other_value >= c.cut_other THEN 1 END) AS n_high_high,
    COUNT(CASE WHEN m.value >= c.cut_value AND m.other_value < c.cut_other THEN 1 END) AS n_high_low,
    COUNT(CASE WHEN m.value < c.cut_value AND m.other_value >= c.cut_other THEN 1 END) AS n_low_high,
    COUNT(CASE WHEN m.value < c.cut_value AND m.other_value < c.cut_other THEN 1 END) AS n_low_low,
    COUNT(CASE WHEN m.difference >= $gap THEN 1 END) AS n_above,
    COUNT(CASE WHEN m.difference <= -$gap THEN 1 END) AS n_below,
    COUNT(CASE
        WHEN m.value >= $value_from AND m.value < $value_below
            AND ($other_below - $other_from > 100 OR m.other_value >= $other_from AND m.other_value < $other_below)
        THEN 1
    END) AS n_marked
FROM member AS m
CROSS JOIN cut AS c
GROUP BY c.cut_value, c.cut_other, c.median_difference
ORDER BY n
