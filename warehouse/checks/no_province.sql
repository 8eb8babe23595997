-- title: หน่วยงานที่ยังไม่ทราบจังหวัด
-- severity: medium
-- A body of a type that lies in a province, without one.
SELECT
    o.organisation_id,
    CAST(NULL AS INTEGER) AS fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    CAST(NULL AS VARCHAR) AS source_id,
    CAST(NULL AS VARCHAR) AS source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT(
        '{} ยังไม่ทราบจังหวัด จึงไม่ถูกนับรวมในจังหวัดหรือภาคใด ต้องให้ผู้รู้ระบุ ระบบไม่เดา', o.full_name_th
    ) AS message_th
FROM organisation AS o
JOIN organisation_type AS t ON t.type = o.type
WHERE t.needs_province AND o.province_iso IS NULL
