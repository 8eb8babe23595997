-- Grain: body × year × part of any level × respondents. As part_value__organisation_year, with the items below: the
-- published score where there is one, else the recomputed one. A view, for the items are by far the most scores.
CREATE VIEW value__organisation_year AS
SELECT v.organisation_id, v.fiscal_year, v.part, v.respondents, v.value, v.basis
FROM part_value__organisation_year AS v
UNION ALL
SELECT s.organisation_id, s.fiscal_year, s.part, s.respondents, s.value, 'published' AS basis
FROM score AS s
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part AND p.level = 'item'
UNION ALL
SELECT r.organisation_id, r.fiscal_year, r.part, r.respondents, r.value, 'recomputed' AS basis
FROM recomputed_score AS r
JOIN part AS p ON p.fiscal_year = r.fiscal_year AND p.code = r.part AND p.level = 'item'
-- not an ANTI JOIN: what is asked of one part in one year would not reach the scores
LEFT JOIN score AS s
    ON s.organisation_id = r.organisation_id AND s.fiscal_year = r.fiscal_year
    AND s.part = r.part AND s.respondents = r.respondents
WHERE s.value IS NULL;
