-- Takes from unresolved_score the figures whose name a person has decided.
DELETE FROM unresolved_score AS u
WHERE EXISTS (
    SELECT 1 FROM resolved_name AS d WHERE d.source_id = u.source_id AND d.name_th = u.name_th
);
