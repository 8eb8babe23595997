-- Fills reported_score with the waiting figures whose name a person has decided. The earliest imported one of a key
-- stands, unless another figure stands already; the others stay beside it and are findings where they differ.
INSERT INTO reported_score
WITH taken AS (
    SELECT
        d.organisation_id, u.fiscal_year, u.part, COALESCE(u.respondents, 'all') AS respondents, u.value,
        u.source_id, u.source_row,
        ROW_NUMBER() OVER (
            PARTITION BY d.organisation_id, u.fiscal_year, u.part, COALESCE(u.respondents, 'all')
            ORDER BY s.imported_at NULLS FIRST, u.source_id, u.source_row
        ) AS place
    FROM unresolved_score AS u
    JOIN (SELECT DISTINCT source_id, name_th, organisation_id FROM resolved_name) AS d
        ON d.source_id = u.source_id AND d.name_th = u.name_th
    LEFT JOIN source AS s ON s.source_id = u.source_id
    WHERE u.value IS NOT NULL
)
SELECT
    t.organisation_id, t.fiscal_year, t.part, t.respondents, t.value,
    t.place = 1 AND NOT EXISTS (
        SELECT 1 FROM reported_score AS r
        WHERE r.organisation_id = t.organisation_id AND r.fiscal_year = t.fiscal_year AND r.part = t.part
            AND r.respondents = t.respondents AND r.stands
    ) AS stands,
    t.source_id, t.source_row, 'เดิมรอระบุหน่วยงาน' AS note_th
FROM taken AS t;
