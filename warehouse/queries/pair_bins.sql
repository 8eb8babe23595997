-- How many bodies of a group in a year score what on two parts of any level: cells of $width × $width points, from
-- value_from and other_from on; 100 counts in the last cell. n_marked counts those whose scores at two decimals are from
-- $value_from to under $value_below, the others likewise; a span over 100 leaves all.
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
cell AS (
    SELECT
        CAST(FLOOR(LEAST(CAST(ROUND(CAST(m.value AS DECIMAL(12, 6)), 2) AS DOUBLE), 99.99) / $width) * $width AS BIGINT)
            AS value_from,
        CAST(FLOOR(LEAST(CAST(ROUND(CAST(m.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE), 99.99) / $width) * $width
            AS BIGINT) AS other_from,
        m.is_marked AS is_marked
    FROM measured AS m
    WHERE m.value IS NOT NULL AND m.other_value IS NOT NULL
)
SELECT
    c.value_from AS value_from,
    c.other_from AS other_from,
    COUNT(*) AS n,
    COUNT(CASE WHEN c.is_marked = 1 THEN 1 END) AS n_marked
FROM cell AS c
GROUP BY c.value_from, c.other_from
ORDER BY value_from, other_from
