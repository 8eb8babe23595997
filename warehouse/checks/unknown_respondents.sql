-- title: กลุ่มผู้ตอบที่ปีนั้นไม่ได้เก็บ
-- severity: high
-- Respondents other than all and the groups the edition asks of the part.
SELECT
    s.organisation_id,
    s.fiscal_year,
    s.part,
    s.source_id,
    s.source_row,
    s.value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        'กรอบการประเมินปี {} ไม่ได้เก็บ {} จากกลุ่มผู้ตอบ “{}” คะแนนนี้จึงไม่ถูกนำไปคำนวณ', s.fiscal_year, s.part, s.respondents
    ) AS message_th
FROM score AS s
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
ANTI JOIN part_respondents AS asked
    ON asked.fiscal_year = s.fiscal_year AND asked.part = s.part AND asked.respondents = s.respondents
WHERE s.respondents <> 'all'
