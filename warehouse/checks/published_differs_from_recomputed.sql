-- title: คะแนนที่เผยแพร่ต่างจากค่าที่คำนวณซ้ำ
-- severity: high
-- A published part against the same part recomputed from its own children, beyond what rounding explains.
SELECT
    s.organisation_id,
    s.fiscal_year,
    s.part,
    s.source_id,
    s.source_row,
    s.value,
    r.value AS expected,
    FORMAT(
        '{} เผยแพร่ไว้ {:.2f} แต่คำนวณซ้ำจากส่วนย่อยได้ {:.2f} ต่างกัน {:+.2f} คะแนน (เกินช่วงปัดเศษ {:.2f}) ระบบใช้ค่าที่เผยแพร่ ควรตรวจกับเอกสารต้นทาง',
        p.name_th, s.value, r.value, s.value - r.value, e.tolerance
    ) AS message_th
FROM score AS s
JOIN recomputed_score AS r
    ON r.organisation_id = s.organisation_id AND r.fiscal_year = s.fiscal_year
    AND r.part = s.part AND r.respondents = s.respondents
JOIN edition AS e ON e.fiscal_year = s.fiscal_year
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
WHERE ROUND(ABS(s.value - r.value), 6) > e.tolerance
