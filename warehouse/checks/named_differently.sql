-- title: ชื่อหน่วยงานในเอกสารไม่ตรงกับหน่วยงานเจ้าของเอกสาร
-- severity: high
-- A source about one body prints another name for it; folded spelling variants count as the same name.
SELECT
    n.organisation_id,
    CAST(NULL AS INTEGER) AS fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    n.source_id,
    STRING_AGG(n.source_row, ', ' ORDER BY n.source_row) AS source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        'เอกสารของ{} เรียกหน่วยงานว่า “{}” {} แห่ง ควรตรวจว่าคัดลอกข้อความจากเอกสารของหน่วยงานอื่นหรือพิมพ์ผิด',
        o.full_name_th, MIN(n.printed_name), COUNT(*)
    ) AS message_th
FROM source_name AS n
JOIN organisation AS o ON o.organisation_id = n.organisation_id
WHERE n.name_key <> o.name_key
GROUP BY n.organisation_id, n.source_id, n.name_key, o.full_name_th
