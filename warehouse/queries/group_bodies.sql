-- One page of the bodies of a group, with their result of a year where they have one: rows $first to $last of the n
-- the search leaves, by $sort_by: name, overall or lowest; n_known of them have an overall in the year.
WITH member AS (
    SELECT
        o.organisation_id AS organisation_id,
        o.label_th AS label_th,
        o.name_order AS name_order,
        r.overall AS overall,
        r.overall_basis AS overall_basis,
        r.grade_th AS grade_th,
        r.lowest_indicators AS lowest_indicators,
        r.lowest_value AS lowest_value,
        TRANSLATE(
            LOWER(
                o.label_th || '|' || o.full_name_th || '|' || COALESCE(o.district_th, '') || '|'
                || COALESCE(p.name_th, '')
            ),
            '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ'
        ) AS search_key,
        CAST(CASE $sort_by WHEN 'overall' THEN r.overall WHEN 'lowest' THEN r.lowest_value ELSE o.name_order END
            AS DECIMAL(12, 6)) AS sort_value
    FROM organisation AS o
    JOIN organisation_type AS t ON t.type = o.type
    LEFT JOIN province AS p ON p.iso = o.province_iso
    LEFT JOIN result__organisation_year AS r
        ON r.organisation_id = o.organisation_id AND r.fiscal_year = $fiscal_year
    WHERE $place IN ('all', p.region_code, p.iso) AND $kind IN ('all', t.sector, o.type)
),
numbered AS (
    SELECT
        m.*,
        ROW_NUMBER() OVER (
            ORDER BY CASE WHEN $descending THEN -m.sort_value ELSE m.sort_value END NULLS LAST, m.name_order
        ) AS row_no,
        COUNT(*) OVER () AS n,
        COUNT(m.overall) OVER () AS n_known
    FROM member AS m
    WHERE ($word_1 = '' OR POSITION($word_1 IN m.search_key) > 0)
        AND ($word_2 = '' OR POSITION($word_2 IN m.search_key) > 0)
        AND ($word_3 = '' OR POSITION($word_3 IN m.search_key) > 0)
)
SELECT
    b.organisation_id AS organisation_id,
    b.label_th AS label_th,
    b.overall AS overall,
    b.overall_basis AS overall_basis,
    b.grade_th AS grade_th,
    b.lowest_indicators AS lowest_indicators,
    b.lowest_value AS lowest_value,
    b.row_no AS row_no,
    b.n AS n,
    b.n_known AS n_known
FROM numbered AS b
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
