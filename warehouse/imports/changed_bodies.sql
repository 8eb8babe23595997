-- The bodies that only one of two attached versions knows.
SELECT
    COALESCE(after.organisation_id, before.organisation_id) AS organisation_id,
    COALESCE(after.label_th, before.label_th) AS label_th,
    CASE WHEN before.organisation_id IS NULL THEN 'new' ELSE 'vanished' END AS state
FROM after.organisation AS after
FULL JOIN before.organisation AS before ON before.organisation_id = after.organisation_id
WHERE before.organisation_id IS NULL OR after.organisation_id IS NULL
ORDER BY state, label_th, organisation_id;
