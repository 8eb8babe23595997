-- title: แหล่งเดียวกันพิมพ์คะแนนของรายการเดียวกันไว้ต่างกัน
-- severity: high
-- The same body, year, part and respondents printed more than once with different values. Where the value that
-- does not stand is what one respondent group alone gives, that is said.
SELECT
    rival.organisation_id,
    rival.fiscal_year,
    rival.part,
    rival.source_id,
    rival.source_row,
    rival.value AS value,
    used.value AS expected,
    FORMAT(
        '{} พิมพ์ไว้สองค่าในแหล่งเดียวกัน: {:.2f} (ใช้ในระบบ) และ {:.2f} (ไม่ใช้){} ควรยืนยันกับหน่วยงานว่าค่าใดเป็นผลอย่างเป็นทางการ',
        p.name_th, used.value, rival.value,
        CASE WHEN alone.respondents IS NULL THEN ''
            ELSE FORMAT(' ค่าที่ไม่ใช้ตรงกับค่าเฉลี่ยของกลุ่มผู้ตอบ {} เพียงกลุ่มเดียว', UPPER(alone.respondents)) END
    ) AS message_th
FROM set_aside_score AS rival
JOIN reported_score AS used
    ON used.organisation_id = rival.organisation_id AND used.fiscal_year = rival.fiscal_year
    AND used.part = rival.part AND used.respondents = rival.respondents
    AND used.source_id = rival.source_id AND used.stands
JOIN edition AS e ON e.fiscal_year = rival.fiscal_year
JOIN part AS p ON p.fiscal_year = rival.fiscal_year AND p.code = rival.part
LEFT JOIN recomputed_score AS alone
    ON alone.organisation_id = rival.organisation_id AND alone.fiscal_year = rival.fiscal_year
    AND alone.part = rival.part AND alone.respondents <> 'all'
    AND ROUND(ABS(alone.value - rival.value), 6) <= e.tolerance
WHERE NOT rival.stands AND rival.value <> used.value
