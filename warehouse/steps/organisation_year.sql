-- Fills organisation_year: the type a body has in every year it has a score.
INSERT INTO organisation_year
SELECT DISTINCT s.organisation_id, s.fiscal_year, o.type
FROM score AS s
JOIN organisation AS o ON o.organisation_id = s.organisation_id;
