-- The bodies of the attached version.
SELECT o.organisation_id
FROM current.organisation AS o;
