-- How many bodies of a group in a year score what on a part of any level: bins of $width points from bin_from on; 100
-- counts in the last. n_marked counts those whose score at two decimals is from $value_from to under $value_below, and
-- whose score on $other likewise; a span over 100 leaves all.
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
measured AS (
    SELECT
        p.value AS value,
        p.other_value AS other_value,
        CASE
            WHEN CAST(ROUND(CAST(p.value AS DECIMAL(12, 6)), 2) AS DOUBLE) >= $value_from
                AND CAST(ROUND(CAST(p.value AS DECIMAL(12, 6)), 2) AS DOUBLE) < $value_below
                AND ($other_below - $other_from > 100
                    OR CAST(ROUND(CAST(p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) >= $other_from
                    AND CAST(ROUND(CAST(p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) < $other_below)
            THEN 1 ELSE 0
        END AS is_marked
    FROM pair AS p
    JOIN result__organisation_year AS r ON r.organisation_id = p.organisation_id
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
bin AS (
    SELECT
        CAST(FLOOR(LEAST(CAST(ROUND(CAST(m.value AS DECIMAL(12, 6)), 2) AS DOUBLE), 99.99) / $width) * $width AS BIGINT)
            AS bin_from,
        m.is_marked AS is_marked
    FROM measured AS m
    WHERE m.value IS NOT NULL
)
SELECT
    b.bin_from AS bin_from,
    COUNT(*) AS n,
    COUNT(CASE WHEN b.is_marked = 1 THEN 1 END) AS n_marked
FROM bin AS b
GROUP BY b.bin_from
ORDER BY bin_from
