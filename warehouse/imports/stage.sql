-- Adds the scores of one file to staged: those whose body is known. `scores` and `mentions` are its frames.
INSERT INTO staged
SELECT
    (SELECT COUNT(*) FROM staged) + ROW_NUMBER() OVER () AS staged_id,
    m.organisation_id,
    s.fiscal_year,
    s.part,
    s.respondents,
    s.value,
    s.stands,
    $source_id AS source_id,
    CONCAT_WS(' ', NULLIF(s.sheet, ''), FORMAT('แถว {}', s.row), 'คอลัมน์ ' || REPLACE(s."column", 'คอลัมน์ ', '')) AS source_row
FROM scores AS s
JOIN mentions AS m ON m.mention = s.mention
WHERE m.organisation_id IS NOT NULL;
