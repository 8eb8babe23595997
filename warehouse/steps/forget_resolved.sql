-- Takes from unresolved_score the figures whose name a person has decided.
DELETE FROM unresolved_score AS u
WHERE EXISTS (
    SELECT 1 FROM resolved_name AS d WHERE d.source_id = u.source_id AND d.name_th = u.name_th
        AND COALESCE(d.type_th, u.type_th, '') = COALESCE(u.type_th, '')
        AND COALESCE(d.district_th, u.district_th, '') = COALESCE(u.district_th, '')
        AND COALESCE(d.province_th, u.province_th, '') = COALESCE(u.province_th, '')
        AND COALESCE(d.code, u.code, '') = COALESCE(u.code, '')
);
