-- title: มีคะแนนที่ใช้งานมากกว่าหนึ่งค่าสำหรับรายการเดียวกัน
-- severity: fatal
SELECT
    s.organisation_id,
    s.fiscal_year,
    s.part,
    MIN(s.source_id) AS source_id,
    STRING_AGG(s.source_row, ', ' ORDER BY s.source_row) AS source_row,
    MIN(s.value) AS value,
    MAX(s.value) AS expected,
    FORMAT('{} ของ {} ปี {} (ผู้ตอบ {}) มี {} ค่าที่ถือว่าใช้งาน ต้องเลือกเพียงค่าเดียว',
        s.part, s.organisation_id, s.fiscal_year, s.respondents, COUNT(*)) AS message_th
FROM score AS s
GROUP BY s.organisation_id, s.fiscal_year, s.part, s.respondents
HAVING COUNT(*) > 1
