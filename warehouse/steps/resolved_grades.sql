-- Fills printed_grade with the waiting grades whose name a person has decided.
INSERT INTO printed_grade
SELECT DISTINCT d.organisation_id, u.fiscal_year, u.printed_grade, u.source_id, u.source_row
FROM unresolved_score AS u
JOIN resolved_name AS d ON d.source_id = u.source_id AND d.name_th = u.name_th
WHERE u.printed_grade IS NOT NULL;
