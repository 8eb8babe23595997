-- One page of the bodies of a group in a year: rows $first to $last of the n that the search, $show, $district and
-- $only leave ('' leaves all), by $sort_by: name, change, or the code of a part; what is not known stands last.
-- The rank is among all bodies of the group with an overall (equal scores share a rank). What is only shown is joined
-- to the rows of the page, not to all.
WITH member AS (
    SELECT
        r.name_order AS name_order,
        r.organisation_id AS organisation_id,
        r.search_key AS search_key,
        r.district_th AS district_th,
        r.passed AS passed,
        r.overall AS overall,
        r.overall_change AS overall_change,
        CASE WHEN r.overall IS NOT NULL
            THEN RANK() OVER (ORDER BY CAST(r.overall AS DECIMAL(12, 6)) DESC NULLS LAST) END AS rank,
        COUNT(r.overall) OVER () AS n_ranked
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
kept AS (
    SELECT
        m.name_order AS name_order,
        m.rank AS rank,
        m.n_ranked AS n_ranked,
        CAST(CASE
            WHEN $sort_by = 'name' THEN m.name_order
            WHEN $sort_by = 'change' THEN m.overall_change
            WHEN $sort_by = 'overall' THEN m.overall
            ELSE v.value
        END AS DECIMAL(12, 6)) AS sort_value
    FROM member AS m
    LEFT JOIN part_value__organisation_year AS v
        ON v.name_order = m.name_order AND v.fiscal_year = $fiscal_year AND v.part = $sort_by AND v.respondents = 'all'
        AND $sort_by <> 'overall'
    WHERE ($word_1 = '' OR POSITION($word_1 IN m.search_key) > 0)
        AND ($word_2 = '' OR POSITION($word_2 IN m.search_key) > 0)
        AND ($word_3 = '' OR POSITION($word_3 IN m.search_key) > 0)
        AND ($district = '' OR m.district_th = $district)
        AND ($only = '' OR POSITION(',' || m.organisation_id || ',' IN $only) > 0)
        AND CASE $show
            WHEN 'below' THEN m.passed = FALSE
            WHEN 'passed' THEN m.passed = TRUE
            WHEN 'no_overall' THEN m.overall IS NULL
            WHEN 'overall' THEN m.overall IS NOT NULL
            ELSE TRUE
        END
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
    r.organisation_id AS organisation_id,
    r.label_th AS label_th,
    r.full_name_th AS full_name_th,
    r.type_short_th AS type_short_th,
    r.district_th AS district_th,
    r.province_th AS province_th,
    b.rank AS rank,
    b.n_ranked AS n_ranked,
    r.overall AS overall,
    r.overall_rounded AS overall_rounded,
    r.overall_basis AS overall_basis,
    r.grade_th AS grade_th,
    r.passed AS passed,
    r.overall_change AS overall_change,
    r.lowest_indicators AS lowest_indicators,
    r.lowest_value AS lowest_value,
    r.name_order AS name_order,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
JOIN result__organisation_year AS r ON r.name_order = b.name_order AND r.fiscal_year = $fiscal_year
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
