-- Parts the figures that are used from those set aside: what gave way to another source's leaves score, and what
-- stands, has not given way and is points at all enters it. What no score can be is left to score_out_of_range.
INSERT INTO set_aside_score
SELECT
    s.organisation_id, s.fiscal_year, s.part, s.respondents, s.value, true AS stands, s.source_id, s.source_row, s.note_th
FROM score AS s
SEMI JOIN superseded AS g
    ON g.organisation_id = s.organisation_id AND g.fiscal_year = s.fiscal_year AND g.part = s.part
    AND g.respondents = s.respondents AND g.source_id = s.source_id;

DELETE FROM score AS s
USING superseded AS g
WHERE g.organisation_id = s.organisation_id AND g.fiscal_year = s.fiscal_year AND g.part = s.part
    AND g.respondents = s.respondents AND g.source_id = s.source_id;

INSERT INTO score
SELECT a.organisation_id, a.fiscal_year, a.part, a.respondents, a.value, a.source_id, a.source_row, a.note_th
FROM set_aside_score AS a
ANTI JOIN superseded AS g
    ON g.organisation_id = a.organisation_id AND g.fiscal_year = a.fiscal_year AND g.part = a.part
    AND g.respondents = a.respondents AND g.source_id = a.source_id
WHERE a.stands AND a.value BETWEEN 0 AND 100;

DELETE FROM set_aside_score AS a
WHERE a.stands AND a.value BETWEEN 0 AND 100 AND NOT EXISTS (
    SELECT 1 FROM superseded AS g
    WHERE g.organisation_id = a.organisation_id AND g.fiscal_year = a.fiscal_year AND g.part = a.part
        AND g.respondents = a.respondents AND g.source_id = a.source_id
);
