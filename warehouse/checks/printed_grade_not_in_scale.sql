-- title: ระดับที่พิมพ์ไม่อยู่ในเกณฑ์ของปีนั้น
-- severity: medium
-- For example a letter grade printed after 2565, when the letters had been given up.
SELECT
    g.organisation_id,
    g.fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    g.source_id,
    g.source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        'แหล่งข้อมูลพิมพ์ระดับ “{}” สำหรับปี {} แต่เกณฑ์ของปีนั้นไม่มีระดับนี้ ระบบแสดงระดับตามเกณฑ์ของปีคือ “{}”',
        g.printed_grade, g.fiscal_year, COALESCE(derived.grade_th, 'ไม่ทราบ')
    ) AS message_th
FROM printed_grade AS g
LEFT JOIN grade AS derived
    ON derived.organisation_id = g.organisation_id AND derived.fiscal_year = g.fiscal_year
WHERE NOT EXISTS (
    SELECT 1 FROM grade_level AS l
    WHERE l.fiscal_year = g.fiscal_year AND l.name_th = g.printed_grade
)
