-- How many bodies of a group, whatever years they have scores for, and about how many of them there is a finding.
WITH found AS (
    SELECT f.organisation_id AS organisation_id, COUNT(*) AS n
    FROM finding AS f
    WHERE f.organisation_id IS NOT NULL
    GROUP BY f.organisation_id
)
SELECT
    COUNT(*) AS n_bodies,
    COUNT(f.organisation_id) AS n_found
FROM organisation AS o
JOIN organisation_type AS t ON t.type = o.type
LEFT JOIN province AS v ON v.iso = o.province_iso
LEFT JOIN found AS f ON f.organisation_id = o.organisation_id
WHERE ($place = 'all' OR $place IN (v.region_code, v.iso))
    AND ($kind = 'all' OR $kind IN (t.sector, t.type))
ORDER BY n_bodies
