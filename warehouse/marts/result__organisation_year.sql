-- Grain: body × year, one row for every year a body has any score. What lists and rankings need of it.
CREATE TABLE result__organisation_year AS
WITH lowest AS (
    SELECT
        organisation_id, fiscal_year, part, value,
        RANK() OVER (
            PARTITION BY organisation_id, fiscal_year ORDER BY CAST(value AS DECIMAL(12, 6))
        ) AS place
    FROM part_value__organisation_year
    WHERE level = 'indicator' AND respondents = 'all'
),
lowest_indicator AS (
    SELECT
        l.organisation_id, l.fiscal_year, MIN(l.value) AS lowest_value,
        STRING_AGG(l.part, ', ' ORDER BY p.position) AS lowest_indicators
    FROM lowest AS l
    JOIN part AS p ON p.fiscal_year = l.fiscal_year AND p.code = l.part
    WHERE l.place = 1
    GROUP BY l.organisation_id, l.fiscal_year
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
    -- what a search in a list looks for: as ita_data.thai.fold, without any space
    TRANSLATE(
        LOWER(CONCAT_WS('|', o.label_th, o.full_name_th, o.district_th, province.name_th)),
        '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ'
    ) AS search_key,
    y.type,
    t.short_th AS type_short_th,
    t.sector,
    o.district_th,
    o.province_iso,
    province.name_th AS province_th,
    province.region_code,
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
JOIN organisation AS o ON o.organisation_id = y.organisation_id
JOIN organisation_type AS t ON t.type = y.type
LEFT JOIN province ON province.iso = o.province_iso
LEFT JOIN overall ON overall.organisation_id = y.organisation_id AND overall.fiscal_year = y.fiscal_year
LEFT JOIN overall AS previous
    ON previous.organisation_id = y.organisation_id AND previous.fiscal_year = y.fiscal_year - 1
LEFT JOIN grade AS g ON g.organisation_id = y.organisation_id AND g.fiscal_year = y.fiscal_year
LEFT JOIN (
    SELECT organisation_id, fiscal_year, STRING_AGG(DISTINCT printed_grade, ' / ' ORDER BY printed_grade) AS printed_grade
    FROM printed_grade
    GROUP BY organisation_id, fiscal_year
) AS printed ON printed.organisation_id = y.organisation_id AND printed.fiscal_year = y.fiscal_year
LEFT JOIN lowest_indicator AS l ON l.organisation_id = y.organisation_id AND l.fiscal_year = y.fiscal_year
LEFT JOIN items ON items.organisation_id = y.organisation_id AND items.fiscal_year = y.fiscal_year
ORDER BY y.fiscal_year, o.name_order;
