-- Makes organisation_year whole: the type a body has in every year it has a score, as its dataset says for the year,
-- else the type it has now.
DELETE FROM organisation_year AS y
WHERE NOT EXISTS (
    SELECT 1 FROM score AS s WHERE s.organisation_id = y.organisation_id AND s.fiscal_year = y.fiscal_year
);

INSERT INTO organisation_year
SELECT DISTINCT s.organisation_id, s.fiscal_year, o.type
FROM score AS s
JOIN organisation AS o ON o.organisation_id = s.organisation_id
ANTI JOIN organisation_year AS y ON y.organisation_id = s.organisation_id AND y.fiscal_year = s.fiscal_year;
