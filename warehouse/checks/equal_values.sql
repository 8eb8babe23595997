-- title: สองตัวชี้วัดมีค่าเท่ากันพอดี
-- severity: hint
-- Two indicators of one source with the same value strictly between 0 and 100: usually chance, sometimes a copy.
SELECT
    a.organisation_id,
    a.fiscal_year,
    a.part,
    a.source_id,
    a.source_row,
    a.value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        'ตัวชี้วัด {} {} และ {} {} มีค่า {:.2f} เท่ากันในแหล่งเดียวกัน อาจบังเอิญ หรืออาจคัดลอกผิดแถว',
        a.part, pa.name_th, b.part, pb.name_th, a.value
    ) AS message_th
FROM score AS a
JOIN part AS pa ON pa.fiscal_year = a.fiscal_year AND pa.code = a.part AND pa.level = 'indicator'
JOIN score AS b
    ON b.organisation_id = a.organisation_id AND b.fiscal_year = a.fiscal_year
    AND b.respondents = a.respondents AND b.source_id = a.source_id AND b.value = a.value
JOIN part AS pb
    ON pb.fiscal_year = b.fiscal_year AND pb.code = b.part AND pb.level = 'indicator' AND pb.position > pa.position
WHERE a.value > 0 AND a.value < 100
