-- title: คะแนนที่เผยแพร่ต่างจากค่าที่คำนวณซ้ำ
-- severity: high
-- A published part against the same part recomputed from its own children, beyond what rounding explains.
SELECT
    v.organisation_id,
    v.fiscal_year,
    v.part,
    s.source_id,
    s.source_row,
    v.published AS value,
    v.recomputed AS expected,
    FORMAT(
        '{} เผยแพร่ไว้ {:.2f} แต่คำนวณซ้ำจากส่วนย่อยได้ {:.2f} ต่างกัน {:+.2f} คะแนน (เกินช่วงปัดเศษ {:.2f}) ระบบใช้ค่าที่เผยแพร่ ควรตรวจกับเอกสารต้นทาง',
        p.name_th, v.published, v.recomputed, v.published - v.recomputed, e.tolerance
    ) AS message_th
FROM part_value__organisation_year AS v
JOIN edition AS e ON e.fiscal_year = v.fiscal_year
JOIN part AS p ON p.fiscal_year = v.fiscal_year AND p.code = v.part
JOIN score AS s
    ON s.organisation_id = v.organisation_id AND s.fiscal_year = v.fiscal_year
    AND s.part = v.part AND s.respondents = v.respondents
WHERE CAST(ABS(v.published - v.recomputed) AS DECIMAL(12, 6)) > e.tolerance
