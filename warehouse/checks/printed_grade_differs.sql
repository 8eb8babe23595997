-- title: ระดับที่พิมพ์ไม่ตรงกับคะแนน
-- severity: high
-- A printed grade of the year's scale that the known scores do not allow.
SELECT
    g.organisation_id,
    g.fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    g.source_id,
    g.source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        'แหล่งข้อมูลพิมพ์ระดับ “{}” แต่คะแนนที่ทราบให้ระดับ “{}” ตามเกณฑ์ปี {} ควรตรวจกับเอกสารต้นทาง',
        g.printed_grade, derived.grade_th, g.fiscal_year
    ) AS message_th
FROM printed_grade AS g
JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.name_th = g.printed_grade
JOIN grade AS derived
    ON derived.organisation_id = g.organisation_id AND derived.fiscal_year = g.fiscal_year
WHERE derived.possible_codes <> ''
    AND NOT LIST_CONTAINS(STRING_SPLIT(derived.possible_codes, ','), l.code)
