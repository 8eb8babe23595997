-- Fills score: of every figure as printed, those that stand, have not given way to another source's, and are points
-- at all. A blank stays absent, and what no score can be is left to the check score_out_of_range.
INSERT INTO score
SELECT r.organisation_id, r.fiscal_year, r.part, r.respondents, r.value, r.source_id, r.source_row, r.note_th
FROM reported_score AS r
ANTI JOIN superseded AS s
    ON s.organisation_id = r.organisation_id AND s.fiscal_year = r.fiscal_year AND s.part = r.part
    AND s.respondents = r.respondents AND s.source_id = r.source_id
WHERE r.stands AND r.value BETWEEN 0 AND 100
ORDER BY r.fiscal_year, r.organisation_id, r.part, r.respondents;
