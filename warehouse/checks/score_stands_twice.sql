-- title: มีคะแนนที่ใช้งานมากกว่าหนึ่งค่าสำหรับรายการเดียวกัน
-- severity: fatal
WITH slot AS (    -- every thing that can be scored in a year, numbered
    SELECT
        s.fiscal_year, s.part, s.respondents,
        ROW_NUMBER() OVER (PARTITION BY s.fiscal_year ORDER BY s.part, s.respondents) AS number
    FROM (SELECT DISTINCT fiscal_year, part, respondents FROM score) AS s
),
twice AS (
    -- far cheaper than grouping by the keys: a bit for every slot, and fewer bits than scores where one is set twice
    SELECT s.organisation_id, s.fiscal_year
    FROM score AS s
    JOIN slot AS t ON t.fiscal_year = s.fiscal_year AND t.part = s.part AND t.respondents = s.respondents
    GROUP BY s.organisation_id, s.fiscal_year, t.number // 60
    HAVING COUNT(*) > BIT_COUNT(BIT_OR(CAST(1 AS BIGINT) << (t.number % 60)))
)
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
SEMI JOIN twice AS t ON t.organisation_id = s.organisation_id AND t.fiscal_year = s.fiscal_year
GROUP BY s.organisation_id, s.fiscal_year, s.part, s.respondents
HAVING COUNT(*) > 1
UNION ALL
SELECT
    CAST(NULL AS VARCHAR), g.fiscal_year, g.part, MIN(g.source_id), STRING_AGG(g.source_row, ', ' ORDER BY g.source_row),
    MIN(g.value), MAX(g.value),
    FORMAT('{} ของกลุ่ม {} ปี {} มี {} ค่า ต้องเลือกเพียงค่าเดียว', g.part, g.group_code, g.fiscal_year, COUNT(*))
FROM group_score AS g
GROUP BY g.group_kind, g.group_code, g.fiscal_year, g.part
HAVING COUNT(*) > 1
UNION ALL
SELECT
    CAST(NULL AS VARCHAR), n.fiscal_year, CAST(NULL AS VARCHAR), MIN(n.source_id),
    STRING_AGG(n.source_row, ', ' ORDER BY n.source_row), MIN(n.mean_overall), MAX(n.mean_overall),
    FORMAT('สรุประดับประเทศปี {} มี {} แถว ต้องเลือกเพียงแถวเดียว', n.fiscal_year, COUNT(*))
FROM national_summary AS n
GROUP BY n.fiscal_year
HAVING COUNT(*) > 1
