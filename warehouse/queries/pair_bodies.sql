-- One page of the bodies of a group in a year with their scores on two parts of any level: rows $first to $last of the n
-- that the search and $only leave, by $sort_by: value, other, difference (value - other), overall or name. $show is
-- known (the first score is known), both, above (it is at least $gap points above the other) or below (under it).
-- Scores at two decimals are from $value_from to under $value_below, the others likewise; a span over 100 leaves all.
WITH scored AS (
    SELECT v.organisation_id AS organisation_id, 1 AS place_no, v.value AS value, v.basis AS basis
    FROM value__organisation_year AS v
    WHERE v.fiscal_year = $fiscal_year AND v.part = $part AND v.respondents = $respondents
    UNION ALL
    SELECT v.organisation_id AS organisation_id, 2 AS place_no, v.value AS value, v.basis AS basis
    FROM value__organisation_year AS v
    WHERE v.fiscal_year = $fiscal_year AND v.part = $other AND v.respondents = $other_respondents
),
pair AS (
    SELECT
        s.organisation_id AS organisation_id,
        MAX(CASE WHEN s.place_no = 1 THEN s.value END) AS value,
        MAX(CASE WHEN s.place_no = 2 THEN s.value END) AS other_value,
        MAX(CASE WHEN s.place_no = 1 THEN s.basis END) AS basis,
        MAX(CASE WHEN s.place_no = 2 THEN s.basis END) AS other_basis
    FROM scored AS s
    GROUP BY s.organisation_id
),
measured AS (
    SELECT
        p.*,
        CAST(ROUND(CAST(p.value - p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS difference,
        CASE
            WHEN CAST(ROUND(CAST(p.value AS DECIMAL(12, 6)), 2) AS DOUBLE) >= $value_from
                AND CAST(ROUND(CAST(p.value AS DECIMAL(12, 6)), 2) AS DOUBLE) < $value_below
                AND ($other_below - $other_from > 100
                    OR CAST(ROUND(CAST(p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) >= $other_from
                    AND CAST(ROUND(CAST(p.other_value AS DECIMAL(12, 6)), 2) AS DOUBLE) < $other_below)
            THEN 1 ELSE 0
        END AS is_marked
    FROM pair AS p
),
kept AS (
    SELECT
        m.*,
        r.label_th AS label_th,
        r.type_short_th AS type_short_th,
        r.province_th AS province_th,
        r.overall AS overall,
        r.name_order AS name_order,
        CAST(CASE $sort_by
            WHEN 'name' THEN r.name_order
            WHEN 'overall' THEN r.overall
            WHEN 'difference' THEN m.difference
            WHEN 'other' THEN m.other_value
            ELSE m.value
        END AS DECIMAL(12, 6)) AS sort_value
    FROM measured AS m
    JOIN result__organisation_year AS r ON r.organisation_id = m.organisation_id
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
        AND m.is_marked = 1
        AND CASE $show
            WHEN 'above' THEN m.difference >= $gap
            WHEN 'below' THEN m.difference <= -$gap
            WHEN 'both' THEN m.difference IS NOT NULL
            ELSE m.value IS NOT NULL
        END
        AND ($word_1 = '' OR POSITION($word_1 IN r.search_key) > 0)
        AND ($word_2 = '' OR POSITION($word_2 IN r.search_key) > 0)
        AND ($word_3 = '' OR POSITION($word_3 IN r.search_key) > 0)
        AND ($only = '' OR POSITION(',' || m.organisation_id || ',' IN $only) > 0)
),
numbered AS (
    SELECT
        k.*,
        ROW_NUMBER() OVER (
            ORDER BY CASE WHEN $descending THEN -k.sort_value ELSE k.sort_value END NULLS LAST, k.name_order
        ) AS row_no,
        COUNT(*) OVER () AS n
    FROM kept AS k
)
SELECT
    b.organisation_id AS organisation_id,
    b.label_th AS label_th,
    b.type_short_th AS type_short_th,
    b.province_th AS province_th,
    b.value AS value,
    b.basis AS basis,
    b.other_value AS other_value,
    b.other_basis AS other_basis,
    b.difference AS difference,
    b.overall AS overall,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
