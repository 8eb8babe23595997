-- One page of the bodies of a group with one part in two years: rows $first to $last of the n the search leaves, by
-- $sort_by: change, value_from, value_to or name. The rank is by the change among all, the largest gain first. Group
-- membership is of the later year. What is only shown is joined to the rows of the page, not to all.
WITH pair AS (
    SELECT
        r.name_order AS name_order,
        r.search_key AS search_key,
        r.organisation_id AS organisation_id,
        before.value AS value_from,
        now.value AS value_to,
        now.value - before.value AS change,
        before.basis AS basis_from,
        now.basis AS basis_to,
        RANK() OVER (ORDER BY CAST(now.value - before.value AS DECIMAL(12, 6)) DESC) AS rank
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.name_order = now.name_order AND before.part = $part
        AND before.respondents = 'all' AND before.fiscal_year = $from_year
    JOIN result__organisation_year AS r ON r.name_order = now.name_order AND r.fiscal_year = $to_year
    WHERE now.fiscal_year = $to_year AND now.part = $part AND now.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
kept AS (
    SELECT
        p.name_order AS name_order,
        p.value_from AS value_from,
        p.value_to AS value_to,
        p.change AS change,
        p.basis_from AS basis_from,
        p.basis_to AS basis_to,
        p.rank AS rank,
        CAST(CASE $sort_by
            WHEN 'name' THEN p.name_order
            WHEN 'value_from' THEN p.value_from
            WHEN 'value_to' THEN p.value_to
            ELSE p.change
        END AS DECIMAL(12, 6)) AS sort_value
    FROM pair AS p
    WHERE ($word_1 = '' OR POSITION($word_1 IN p.search_key) > 0)
        AND ($word_2 = '' OR POSITION($word_2 IN p.search_key) > 0)
        AND ($word_3 = '' OR POSITION($word_3 IN p.search_key) > 0)
        AND ($only = '' OR POSITION(',' || p.organisation_id || ',' IN $only) > 0)
),
numbered AS (
    SELECT
        k.*,
        ROW_NUMBER() OVER (
            ORDER BY CASE WHEN $descending THEN -k.sort_value ELSE k.sort_value END, k.name_order
        ) AS row_no,
        COUNT(*) OVER () AS n
    FROM kept AS k
)
SELECT
    r.organisation_id AS organisation_id,
    r.label_th AS label_th,
    r.province_th AS province_th,
    b.value_from AS value_from,
    b.value_to AS value_to,
    b.change AS change,
    b.basis_from AS basis_from,
    b.basis_to AS basis_to,
    b.rank AS rank,
    b.row_no AS row_no,
    b.n AS n
FROM numbered AS b
JOIN result__organisation_year AS r ON r.name_order = b.name_order AND r.fiscal_year = $to_year
WHERE b.row_no BETWEEN $first AND $last
ORDER BY row_no
