-- title: คะแนนที่ยังไม่ทราบว่าเป็นของใคร
-- severity: medium
SELECT
    CAST(NULL AS VARCHAR) AS organisation_id,
    u.fiscal_year,
    u.part,
    u.source_id,
    u.source_row,
    u.value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        '“{}” ปี {} {} ยังไม่ถูกนำไปใช้: {}', u.name_th, u.fiscal_year,
        CASE WHEN u.value IS NULL THEN FORMAT('ระดับ {}', COALESCE(u.printed_grade, 'ไม่ทราบ'))
            ELSE FORMAT('คะแนน {:.2f}', u.value) END,
        u.why_th
    ) AS message_th
FROM unresolved_score AS u
