-- Fills printed_grade with the waiting grades whose name a person has decided.
INSERT INTO printed_grade
SELECT DISTINCT d.organisation_id, u.fiscal_year, u.printed_grade, u.source_id, u.source_row
FROM unresolved_score AS u
JOIN resolved_name AS d
    ON d.source_id = u.source_id AND d.name_th = u.name_th
        AND COALESCE(d.type_th, u.type_th, '') = COALESCE(u.type_th, '')
        AND COALESCE(d.district_th, u.district_th, '') = COALESCE(u.district_th, '')
        AND COALESCE(d.province_th, u.province_th, '') = COALESCE(u.province_th, '')
        AND COALESCE(d.code, u.code, '') = COALESCE(u.code, '')
WHERE u.printed_grade IS NOT NULL;
