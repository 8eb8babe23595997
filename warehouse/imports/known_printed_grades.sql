-- The printed grades of the attached version.
SELECT g.organisation_id, g.fiscal_year, g.printed_grade
FROM current.printed_grade AS g;
