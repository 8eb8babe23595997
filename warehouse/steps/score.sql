-- Fills score: of every figure as printed, those that stand.
INSERT INTO score
SELECT organisation_id, fiscal_year, part, respondents, value, source_id, source_row, note_th
FROM reported_score
WHERE stands AND value IS NOT NULL
ORDER BY fiscal_year, organisation_id, part, respondents;
