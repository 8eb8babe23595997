-- The printed changes of the attached version.
SELECT c.organisation_id, c.fiscal_year, c.from_year
FROM current.printed_change AS c;
