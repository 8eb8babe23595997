-- title: สองแหล่งพิมพ์คะแนนของรายการเดียวกันไว้ต่างกัน
-- severity: medium
-- A figure that does not stand, from another source than the one that does, with another value.
SELECT
    rival.organisation_id,
    rival.fiscal_year,
    rival.part,
    rival.source_id,
    rival.source_row,
    rival.value AS value,
    used.value AS expected,
    FORMAT(
        '{} มีสองแหล่งที่ค่าไม่ตรงกัน: {:.2f} จาก “{}” (ใช้ในระบบ) และ {:.2f} จาก “{}” (ไม่ใช้)',
        p.name_th, used.value, used_source.title_th, rival.value, rival_source.title_th
    ) AS message_th
FROM set_aside_score AS rival
JOIN score AS used
    ON used.organisation_id = rival.organisation_id AND used.fiscal_year = rival.fiscal_year
    AND used.part = rival.part AND used.respondents = rival.respondents AND used.source_id <> rival.source_id
JOIN part AS p ON p.fiscal_year = rival.fiscal_year AND p.code = rival.part
JOIN source AS used_source ON used_source.source_id = used.source_id
JOIN source AS rival_source ON rival_source.source_id = rival.source_id
WHERE rival.value BETWEEN 0 AND 100 AND CAST(rival.value AS DECIMAL(12, 6)) <> CAST(used.value AS DECIMAL(12, 6))
