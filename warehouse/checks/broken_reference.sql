-- title: ข้อมูลอ้างถึงหน่วยงาน แหล่งข้อมูล ปี หรือประเภทที่ไม่มีอยู่
-- severity: fatal
WITH used AS (
    SELECT 'organisation' AS kind, organisation_id AS key FROM reported_score
    UNION
    SELECT 'organisation', organisation_id FROM printed_grade
    UNION
    SELECT 'organisation', organisation_id FROM printed_change
    UNION
    SELECT 'organisation', organisation_id FROM source_name
    UNION
    SELECT 'organisation', organisation_id FROM measure
    UNION
    SELECT 'source', source_id FROM reported_score
    UNION
    SELECT 'source', source_id FROM group_score
    UNION
    SELECT 'source', source_id FROM national_summary
    UNION
    SELECT 'source', source_id FROM printed_grade
    UNION
    SELECT 'source', source_id FROM measure
    UNION
    SELECT 'source', source_id FROM measure_result
    UNION
    SELECT 'source', source_id FROM unresolved_score
    UNION
    SELECT 'source', source_id FROM printed_change
    UNION
    SELECT 'source', source_id FROM source_name
    UNION
    SELECT 'measure', measure_id FROM measure_indicator
    UNION
    SELECT 'measure', measure_id FROM measure_result
    UNION
    SELECT 'edition', CAST(fiscal_year AS VARCHAR) FROM reported_score
    UNION
    SELECT 'type', type FROM organisation
    UNION
    SELECT 'type', type FROM organisation_year
    UNION
    SELECT 'province', province_iso FROM organisation WHERE province_iso IS NOT NULL
),
known AS (
    SELECT 'organisation' AS kind, organisation_id AS key FROM organisation
    UNION
    SELECT 'source', source_id FROM source
    UNION
    SELECT 'measure', measure_id FROM measure
    UNION
    SELECT 'edition', CAST(fiscal_year AS VARCHAR) FROM edition
    UNION
    SELECT 'type', type FROM organisation_type
    UNION
    SELECT 'province', iso FROM province
)
SELECT
    CAST(NULL AS VARCHAR) AS organisation_id,
    CAST(NULL AS INTEGER) AS fiscal_year,
    CAST(NULL AS VARCHAR) AS part,
    CAST(NULL AS VARCHAR) AS source_id,
    CAST(NULL AS VARCHAR) AS source_row,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS expected,
    FORMAT('อ้างถึง {} “{}” ซึ่งไม่มีอยู่', used.kind, used.key) AS message_th
FROM used
ANTI JOIN known ON known.kind = used.kind AND known.key = used.key
