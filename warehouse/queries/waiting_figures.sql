-- One page of what only a person can say: rows $first to $last of the n the search leaves. First the figures that
-- cannot be given to one body or group without guessing, then the bodies whose province is not known.
WITH waiting AS (
    SELECT
        'score' AS what,
        u.name_th AS name_th,
        u.fiscal_year AS fiscal_year,
        u.part AS part,
        CASE WHEN p.level = 'overall' THEN p.name_th ELSE COALESCE(p.code || ' ' || p.name_th, u.part) END AS part_th,
        u.value AS value,
        u.why_th AS why_th,
        s.title_th || ' · ' || u.source_row AS source_th,
        u.source_id AS source_id,
        u.source_row AS source_row
    FROM unresolved_score AS u
    JOIN source AS s ON s.source_id = u.source_id
    LEFT JOIN part AS p ON p.fiscal_year = u.fiscal_year AND p.code = u.part
    UNION ALL
    SELECT
        'province' AS what,
        o.label_th AS name_th,
        NULL AS fiscal_year,
        NULL AS part,
        NULL AS part_th,
        NULL AS value,
        o.note_th AS why_th,
        NULL AS source_th,
        NULL AS source_id,
        NULL AS source_row
    FROM finding AS f
    JOIN organisation AS o ON o.organisation_id = f.organisation_id
    WHERE f.check_code = 'no_province'
),
searched AS (
    SELECT
        w.*,
        TRANSLATE(LOWER(w.name_th || '|' || COALESCE(w.source_th, '')), '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ') AS search_key
    FROM waiting AS w
),
numbered AS (
    SELECT
        w.*,
        ROW_NUMBER() OVER (
            ORDER BY
                w.what DESC, w.fiscal_year NULLS LAST, w.name_th, w.part NULLS LAST, w.source_id NULLS LAST,
                w.source_row NULLS LAST, w.value NULLS LAST
        ) AS row_no,
        COUNT(*) OVER () AS n
    FROM searched AS w
    WHERE POSITION($word_1 IN w.search_key) > 0
        AND POSITION($word_2 IN w.search_key) > 0
        AND POSITION($word_3 IN w.search_key) > 0
)
SELECT
    w.what AS what,
    w.name_th AS name_th,
    w.fiscal_year AS fiscal_year,
    w.part_th AS part_th,
    w.value AS value,
    w.why_th AS why_th,
    w.source_th AS source_th,
    w.row_no AS row_no,
    w.n AS n
FROM numbered AS w
WHERE w.row_no BETWEEN $first AND $last
ORDER BY row_no
