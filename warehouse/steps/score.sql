-- Fills score: of every figure as printed, those that stand and are points at all. A blank stays absent, and what no
-- score can be is left to the check score_out_of_range.
INSERT INTO score
SELECT organisation_id, fiscal_year, part, respondents, value, source_id, source_row, note_th
FROM reported_score
WHERE stands AND value BETWEEN 0 AND 100
ORDER BY fiscal_year, organisation_id, part, respondents;
