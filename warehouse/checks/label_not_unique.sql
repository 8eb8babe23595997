-- title: ชื่อที่ใช้เลือกหน่วยงานซ้ำกัน
-- severity: fatal
-- A select box tells options apart by their label: two equal labels would silently pick the wrong body.
SELECT
    MIN(o.organisation_id) AS organisation_id,
    CAST(NULL AS INTEGER) AS fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    CAST(NULL AS VARCHAR) AS source_id,
    CAST(NULL AS VARCHAR) AS source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT('ชื่อ “{}” ใช้กับ {} หน่วยงาน', o.label_th, COUNT(*)) AS message_th
FROM organisation AS o
GROUP BY o.label_th
HAVING COUNT(*) > 1
