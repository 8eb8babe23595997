-- One page of the bodies of a group in a year with their score on one part of any level: rows $first to $last of the
-- n that the search and $show leave (all; lowest: it is their lowest indicator; zero: they have no point on it), by
-- $sort_by: value, overall or name.
WITH kept AS (
    SELECT
        r.organisation_id AS organisation_id,
        r.label_th AS label_th,
        s.value AS value,
        s.basis AS basis,
        r.overall AS overall,
        r.lowest_indicators AS lowest_indicators,
        r.name_order AS name_order,
        CAST(CASE $sort_by WHEN 'name' THEN r.name_order WHEN 'overall' THEN r.overall ELSE s.value END
            AS DECIMAL(12, 6)) AS sort_value
    FROM value__organisation_year AS s
    JOIN result__organisation_year AS r ON r.organisation_id = s.organisation_id AND r.fiscal_year = s.fiscal_year
    WHERE s.fiscal_year = $fiscal_year AND s.part = $part AND s.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
        AND ($word_1 = '' OR POSITION($word_1 IN r.search_key) > 0)
        AND ($word_2 = '' OR POSITION($word_2 IN r.search_key) > 0)
        AND ($word_3 = '' OR POSITION($word_3 IN r.search_key) > 0)
        AND CASE $show
            WHEN 'lowest' THEN POSITION(', ' || $part || ', ' IN ', ' || r.lowest_indicators || ', ') > 0
            WHEN 'zero' THEN CAST(s.value AS DECIMAL(12, 6)) = 0
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
    b.value AS value,
    b.basis AS basis,
    b.overall AS overall,
    b.lowest_indicators AS lowest_indicators,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
