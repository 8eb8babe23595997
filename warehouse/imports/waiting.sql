-- The figures and grades of one file whose body nobody has decided yet, as they wait in quarantine. `scores`,
-- `mentions` and `grades` are its frames. A person decides by all the file says of a body: two may share a name.
WITH named AS (
    SELECT m.*, COALESCE(m.name, '(ไม่พบชื่อหน่วยงานในเอกสาร)') AS name_th
    FROM mentions AS m
    WHERE m.organisation_id IS NULL AND m.status <> 'group'
),
figure AS (
    SELECT
        s.mention, s.fiscal_year, s.part, s.respondents, s.value, g.printed_grade,
        CONCAT_WS(' ', NULLIF(s.sheet, ''), FORMAT('แถว {}', s.row), 'คอลัมน์ ' || REPLACE(s."column", 'คอลัมน์ ', '')) AS source_row
    FROM scores AS s
    LEFT JOIN grades AS g
        ON g.mention = s.mention AND g.fiscal_year = s.fiscal_year AND g.row = s.row
        AND g.sheet IS NOT DISTINCT FROM s.sheet AND s.part = 'overall' AND s.respondents = 'all'
    WHERE s.stands
    UNION ALL
    SELECT
        g.mention, g.fiscal_year, 'overall' AS part, NULL AS respondents, NULL AS value, g.printed_grade,
        CONCAT_WS(' ', NULLIF(g.sheet, ''), FORMAT('แถว {}', g.row)) AS source_row
    FROM grades AS g
    ANTI JOIN scores AS s
        ON s.mention = g.mention AND s.fiscal_year = g.fiscal_year AND s.row = g.row
        AND s.sheet IS NOT DISTINCT FROM g.sheet AND s.part = 'overall' AND s.respondents = 'all' AND s.stands
)
SELECT
    n.name_th,
    f.fiscal_year,
    f.part,
    f.respondents,
    f.value,
    f.printed_grade,
    n.why_th,
    $source_id AS source_id,
    f.source_row,
    n.type_name AS type_th,
    n.district AS district_th,
    n.province AS province_th,
    n.code
FROM figure AS f
JOIN named AS n ON n.mention = f.mention;
