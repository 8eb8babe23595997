-- One page of the bodies of a group in a year: rows $first to $last of the n that the search, $show, $district and
-- $only leave ('' leaves all), by $sort_by: name, change, or the code of a part; what is not known stands last.
-- The rank is among all bodies of the group with an overall (equal scores share a rank).
WITH member AS (
    SELECT
        r.organisation_id AS organisation_id,
        RANK() OVER (ORDER BY CAST(r.overall AS DECIMAL(12, 6)) DESC NULLS LAST) AS rank,
        COUNT(r.overall) OVER () AS n_ranked
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
kept AS (
    SELECT
        r.organisation_id AS organisation_id,
        r.label_th AS label_th,
        r.full_name_th AS full_name_th,
        r.type_short_th AS type_short_th,
        r.district_th AS district_th,
        r.province_th AS province_th,
        CASE WHEN r.overall IS NOT NULL THEN m.rank END AS rank,
        m.n_ranked AS n_ranked,
        r.overall AS overall,
        r.overall_rounded AS overall_rounded,
        r.overall_basis AS overall_basis,
        r.grade_th AS grade_th,
        r.passed AS passed,
        r.overall_change AS overall_change,
        r.lowest_indicators AS lowest_indicators,
        r.lowest_value AS lowest_value,
        r.name_order AS name_order,
        CAST(CASE
            WHEN $sort_by = 'name' THEN r.name_order
            WHEN $sort_by = 'change' THEN r.overall_change
            ELSE v.value
        END AS DECIMAL(12, 6)) AS sort_value
    FROM member AS m
    JOIN result__organisation_year AS r ON r.organisation_id = m.organisation_id AND r.fiscal_year = $fiscal_year
    LEFT JOIN part_value__organisation_year AS v
        ON v.organisation_id = r.organisation_id AND v.fiscal_year = r.fiscal_year
        AND v.fiscal_year = $fiscal_year AND v.part = $sort_by AND v.respondents = 'all'
    WHERE POSITION($word_1 IN r.search_key) > 0
        AND POSITION($word_2 IN r.search_key) > 0
        AND POSITION($word_3 IN r.search_key) > 0
        AND $district IN ('', r.district_th)
        AND ($only = '' OR POSITION(',' || r.organisation_id || ',' IN $only) > 0)
        AND CASE $show
            WHEN 'below' THEN r.passed = FALSE
            WHEN 'passed' THEN r.passed = TRUE
            WHEN 'no_overall' THEN r.overall IS NULL
            WHEN 'overall' THEN r.overall IS NOT NULL
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
    b.organisation_id AS organisation_id,
    b.label_th AS label_th,
    b.full_name_th AS full_name_th,
    b.type_short_th AS type_short_th,
    b.district_th AS district_th,
    b.province_th AS province_th,
    b.rank AS rank,
    b.n_ranked AS n_ranked,
    b.overall AS overall,
    b.overall_rounded AS overall_rounded,
    b.overall_basis AS overall_basis,
    b.grade_th AS grade_th,
    b.passed AS passed,
    b.overall_change AS overall_change,
    b.lowest_indicators AS lowest_indicators,
    b.lowest_value AS lowest_value,
    b.name_order AS name_order,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
