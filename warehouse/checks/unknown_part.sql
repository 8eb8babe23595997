-- title: รายการที่ไม่มีในกรอบการประเมินของปีนั้น
-- severity: high
SELECT
    s.organisation_id,
    s.fiscal_year,
    s.part,
    s.source_id,
    s.source_row,
    s.value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT('ไม่มีรายการ “{}” ในกรอบการประเมินปี {} คะแนนนี้จึงไม่ถูกนำไปแสดง', s.part, s.fiscal_year) AS message_th
FROM score AS s
LEFT JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
WHERE p.code IS NULL
