-- Grain: body × year, one row for every year a body has any score. What lists and rankings need of it.
CREATE TABLE result__organisation_year AS
WITH indicator AS (
    SELECT name_order, fiscal_year, part, position, value, CAST(value AS DECIMAL(12, 6)) AS compared
    FROM part_value__organisation_year
    WHERE level = 'indicator' AND respondents = 'all'
),
lowest AS (
    SELECT name_order, fiscal_year, MIN(compared) AS compared
    FROM indicator
    GROUP BY name_order, fiscal_year
),
lowest_indicator AS (
    SELECT
        i.name_order, i.fiscal_year, MIN(i.value) AS lowest_value,
        STRING_AGG(i.part, ', ' ORDER BY i.position) AS lowest_indicators
    FROM indicator AS i
    JOIN lowest AS l ON l.name_order = i.name_order AND l.fiscal_year = i.fiscal_year AND l.compared = i.compared
    GROUP BY i.name_order, i.fiscal_year
),
body AS MATERIALIZED (    -- once per body, not per year
    SELECT
        o.*,
        province.name_th AS province_th,
        province.region_code,
        -- what a search in a list looks for: as ita_data.thai.fold, without any space
        TRANSLATE(
            LOWER(CONCAT_WS('|', o.label_th, o.full_name_th, o.district_th, province.name_th)),
            '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ'
        ) AS search_key
    FROM organisation AS o
    LEFT JOIN province ON province.iso = o.province_iso
),
overall AS (
    SELECT v.*
    FROM part_value__organisation_year AS v
    WHERE v.level = 'overall' AND v.respondents = 'all'
),
items AS (
    SELECT s.organisation_id, s.fiscal_year, COUNT(*) AS n_items
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part AND p.level = 'item'
    GROUP BY s.organisation_id, s.fiscal_year
)
SELECT
    y.organisation_id,
    y.fiscal_year,
    o.full_name_th,
    o.label_th,
    o.name_order,
    o.search_key,
    y.type,
    t.short_th AS type_short_th,
    t.sector,
    o.district_th,
    o.province_iso,
    o.province_th,
    o.region_code,
    overall.value AS overall,
    overall.basis AS overall_basis,
    CAST(ROUND(CAST(overall.value AS DECIMAL(12, 6)), 2) AS DOUBLE) AS overall_rounded,
    100 - overall.value AS headroom,
    previous.value AS previous_overall,
    overall.change AS overall_change,
    g.grade_code,
    g.grade_basis,
    g.possible_codes,
    g.grade_th,
    g.passed,
    printed.printed_grade,
    l.lowest_indicators,
    l.lowest_value,
    COALESCE(items.n_items, 0) AS n_items
FROM organisation_year AS y
JOIN body AS o ON o.organisation_id = y.organisation_id
JOIN organisation_type AS t ON t.type = y.type
LEFT JOIN overall ON overall.name_order = o.name_order AND overall.fiscal_year = y.fiscal_year
LEFT JOIN overall AS previous
    ON previous.name_order = o.name_order AND previous.fiscal_year = y.fiscal_year - 1
LEFT JOIN grade AS g ON g.organisation_id = y.organisation_id AND g.fiscal_year = y.fiscal_year
LEFT JOIN (
    SELECT organisation_id, fiscal_year, STRING_AGG(DISTINCT printed_grade, ' / ' ORDER BY printed_grade) AS printed_grade
    FROM printed_grade
    GROUP BY organisation_id, fiscal_year
) AS printed ON printed.organisation_id = y.organisation_id AND printed.fiscal_year = y.fiscal_year
LEFT JOIN lowest_indicator AS l ON l.name_order = o.name_order AND l.fiscal_year = y.fiscal_year
LEFT JOIN items ON items.organisation_id = y.organisation_id AND items.fiscal_year = y.fiscal_year
ORDER BY y.fiscal_year, o.name_order;
