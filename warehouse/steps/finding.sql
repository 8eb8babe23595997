-- Fills finding with the rows of one check, which stand in the view check_result.
INSERT INTO finding
SELECT
    (SELECT COUNT(*) FROM finding) + ROW_NUMBER() OVER (
        ORDER BY organisation_id NULLS LAST, fiscal_year, part, source_row, message_th
    ) AS finding_id,
    $code AS check_code, $title AS title_th, $severity AS severity,
    organisation_id, fiscal_year, part, source_id, source_row, value, expected, message_th
FROM check_result;
