-- Adds to set_aside_score the waiting figures whose name a person has decided. The earliest imported one of a key
-- stands, unless another figure stands already; the others stay beside it and are findings where they differ.
INSERT INTO set_aside_score
WITH taken AS (
    SELECT
        d.organisation_id, u.fiscal_year, u.part, COALESCE(u.respondents, 'all') AS respondents, u.value,
        u.source_id, u.source_row,
        ROW_NUMBER() OVER (
            PARTITION BY d.organisation_id, u.fiscal_year, u.part, COALESCE(u.respondents, 'all')
            ORDER BY s.imported_at NULLS FIRST, u.source_id, u.source_row
        ) AS place
    FROM unresolved_score AS u
    JOIN (SELECT DISTINCT * FROM resolved_name) AS d
        ON d.source_id = u.source_id AND d.name_th = u.name_th
            AND COALESCE(d.type_th, u.type_th, '') = COALESCE(u.type_th, '')
            AND COALESCE(d.district_th, u.district_th, '') = COALESCE(u.district_th, '')
            AND COALESCE(d.province_th, u.province_th, '') = COALESCE(u.province_th, '')
            AND COALESCE(d.code, u.code, '') = COALESCE(u.code, '')
    LEFT JOIN source AS s ON s.source_id = u.source_id
    WHERE u.value IS NOT NULL
),
standing AS (
    SELECT DISTINCT r.organisation_id, r.fiscal_year, r.part, r.respondents
    FROM reported_score AS r
    JOIN taken AS t
        ON t.organisation_id = r.organisation_id AND t.fiscal_year = r.fiscal_year AND t.part = r.part
        AND t.respondents = r.respondents
    WHERE r.stands
)
SELECT
    t.organisation_id, t.fiscal_year, t.part, t.respondents, t.value,
    t.place = 1 AND NOT EXISTS (
        SELECT 1 FROM standing AS r
        WHERE r.organisation_id = t.organisation_id AND r.fiscal_year = t.fiscal_year AND r.part = t.part
            AND r.respondents = t.respondents
    ) AS stands,
    t.source_id, t.source_row, 'เดิมรอระบุหน่วยงาน' AS note_th
FROM taken AS t;
