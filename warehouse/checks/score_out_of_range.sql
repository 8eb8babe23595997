-- title: คะแนนอยู่นอกช่วงที่เป็นไปได้
-- severity: high
-- Outside 0–100, which is not used, or an assessor's yes-or-no item that is neither 0 nor 100.
SELECT
    s.organisation_id,
    s.fiscal_year,
    s.part,
    s.source_id,
    s.source_row,
    s.value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        '{} มีคะแนน {:.2f} ซึ่งเป็นไปไม่ได้ ({})', s.part, s.value,
        CASE WHEN s.value BETWEEN 0 AND 100 THEN 'ข้อนี้ตรวจแล้วได้เพียง 0 หรือ 100'
            ELSE 'ต้องอยู่ในช่วง 0–100 จึงไม่ถูกนำไปใช้' END
    ) AS message_th
FROM reported_score AS s
LEFT JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
WHERE s.stands AND (s.value NOT BETWEEN 0 AND 100 OR (p.scale = 'binary' AND s.value NOT IN (0, 100)))
