-- One page of the bodies of a group with an overall in two years, beside what bodies of their type and start changed by
-- on average: rows $first to $last of the n the search leaves, by $sort_by: beyond, times, change, value_to or name.
-- $show is all, improved (more than expected, and by more than $small points), declined, passing or failing; the rank is
-- among all by what is beyond expectation. Group membership is of the later year.
WITH pair AS (
    SELECT
        r.organisation_id AS organisation_id,
        r.label_th AS label_th,
        r.province_th AS province_th,
        r.type AS type,
        r.search_key AS search_key,
        r.name_order AS name_order,
        was.overall AS value_from,
        r.overall AS value_to,
        r.overall - was.overall AS change,
        was.overall_basis AS basis_from,
        r.overall_basis AS basis_to,
        was.passed AS passed_from,
        r.passed AS passed_to,
        -- compared, not LEAST: that would take the headroom where nothing is expected
        CASE
            WHEN e.intercept + e.slope * (100 - was.overall) > 100 - was.overall THEN 100 - was.overall
            ELSE e.intercept + e.slope * (100 - was.overall)
        END AS expected,
        e.usual_intercept + e.usual_slope * (100 - was.overall) AS usual
    FROM result__organisation_year AS r
    JOIN result__organisation_year AS was ON was.name_order = r.name_order AND was.fiscal_year = $from_year
    LEFT JOIN expected_change__type_years AS e
        ON e.from_year = $from_year AND e.to_year = r.fiscal_year AND e.type = r.type
    WHERE r.fiscal_year = $to_year AND r.overall IS NOT NULL AND was.overall IS NOT NULL
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
measured AS (
    SELECT
        p.*,
        p.change - p.expected AS beyond,
        (p.change - p.expected) / NULLIF(p.usual, 0) AS times
    FROM pair AS p
),
ranked AS (
    SELECT
        m.*,
        CASE WHEN m.beyond IS NOT NULL
            THEN RANK() OVER (ORDER BY CAST(m.beyond AS DECIMAL(12, 6)) DESC NULLS LAST)
        END AS rank
    FROM measured AS m
),
kept AS (
    SELECT
        k.*,
        CAST(CASE $sort_by
            WHEN 'name' THEN k.name_order
            WHEN 'value_to' THEN k.value_to
            WHEN 'change' THEN k.change
            WHEN 'times' THEN k.times
            ELSE k.beyond
        END AS DECIMAL(12, 6)) AS sort_value
    FROM ranked AS k
    WHERE (
            $show = 'all'
            OR $show = 'improved' AND CAST(k.beyond AS DECIMAL(12, 6)) > 0
                AND ROUND(CAST(k.change AS DECIMAL(12, 6)), 2) > $small
            OR $show = 'declined' AND ROUND(CAST(k.change AS DECIMAL(12, 6)), 2) < -$small
            OR $show = 'passing' AND NOT k.passed_from AND k.passed_to
            OR $show = 'failing' AND k.passed_from AND NOT k.passed_to
        )
        AND POSITION($word_1 IN k.search_key) > 0
        AND POSITION($word_2 IN k.search_key) > 0
        AND POSITION($word_3 IN k.search_key) > 0
        AND ($only = '' OR POSITION(',' || k.organisation_id || ',' IN $only) > 0)
),
numbered AS (
    SELECT
        k.*,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE WHEN k.sort_value IS NULL THEN 1 ELSE 0 END,
                CASE WHEN $descending THEN -k.sort_value ELSE k.sort_value END,
                k.name_order
        ) AS row_no,
        COUNT(*) OVER () AS n
    FROM kept AS k
)
SELECT
    b.organisation_id AS organisation_id,
    b.label_th AS label_th,
    b.province_th AS province_th,
    b.type AS type,
    b.value_from AS value_from,
    b.value_to AS value_to,
    b.change AS change,
    b.basis_from AS basis_from,
    b.basis_to AS basis_to,
    b.passed_from AS passed_from,
    b.passed_to AS passed_to,
    b.expected AS expected,
    b.usual AS usual,
    b.beyond AS beyond,
    b.times AS times,
    b.rank AS rank,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
