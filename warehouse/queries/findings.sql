-- One page of what the checks found in a group: rows $first to $last of the n that the filters leave, gravest first.
-- $severities, $checks and $years are ',a,b,' or '' for all. Of everybody, findings about no body count too.
WITH told AS (
    SELECT
        f.finding_id AS finding_id,
        f.severity AS severity,
        f.check_code AS check_code,
        f.title_th AS title_th,
        f.organisation_id AS organisation_id,
        o.label_th AS label_th,
        f.fiscal_year AS fiscal_year,
        f.part AS part,
        CASE WHEN p.level = 'overall' THEN p.name_th ELSE COALESCE(p.code || ' ' || p.name_th, f.part) END AS part_th,
        f.value AS value,
        f.expected AS expected,
        f.message_th AS message_th,
        s.title_th AS source_th,
        s.locator AS locator,
        f.source_row AS source_row,
        CASE f.severity WHEN 'fatal' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END AS gravity
    FROM finding AS f
    LEFT JOIN organisation AS o ON o.organisation_id = f.organisation_id
    LEFT JOIN organisation_type AS t ON t.type = o.type
    LEFT JOIN province AS v ON v.iso = o.province_iso
    LEFT JOIN part AS p ON p.fiscal_year = f.fiscal_year AND p.code = f.part
    LEFT JOIN source AS s ON s.source_id = f.source_id
    WHERE ($place = 'all' OR $place IN (v.region_code, v.iso))
        AND ($kind = 'all' OR $kind IN (t.sector, t.type))
        AND ($severities = '' OR POSITION(',' || f.severity || ',' IN $severities) > 0)
        AND ($checks = '' OR POSITION(',' || f.check_code || ',' IN $checks) > 0)
        AND ($years = '' OR POSITION(',' || CAST(f.fiscal_year AS VARCHAR) || ',' IN $years) > 0)
),
searched AS (
    SELECT
        t.*,
        TRANSLATE(
            LOWER(
                t.title_th || '|' || COALESCE(t.label_th, '') || '|' || COALESCE(t.part_th, '') || '|' || t.message_th
                || '|' || COALESCE(t.source_th, '') || '|' || COALESCE(t.source_row, '')
            ),
            '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ'
        ) AS search_key
    FROM told AS t
),
numbered AS (
    SELECT
        t.*,
        ROW_NUMBER() OVER (ORDER BY t.gravity, t.finding_id) AS row_no,
        COUNT(*) OVER () AS n
    FROM searched AS t
    WHERE POSITION($word_1 IN t.search_key) > 0
        AND POSITION($word_2 IN t.search_key) > 0
        AND POSITION($word_3 IN t.search_key) > 0
)
SELECT
    f.finding_id AS finding_id,
    f.severity AS severity,
    f.check_code AS check_code,
    f.title_th AS title_th,
    f.organisation_id AS organisation_id,
    f.label_th AS label_th,
    f.fiscal_year AS fiscal_year,
    f.part AS part,
    f.part_th AS part_th,
    f.value AS value,
    f.expected AS expected,
    f.message_th AS message_th,
    f.source_th AS source_th,
    f.locator AS locator,
    f.source_row AS source_row,
    f.row_no AS row_no,
    f.n AS n
FROM numbered AS f
WHERE f.row_no BETWEEN $first AND $last
ORDER BY row_no
