-- The types of bodies, with how many bodies of the warehouse are of each.
SELECT
    t.type AS type,
    t.name_th AS name_th,
    t.short_th AS short_th,
    t.sector AS sector,
    t.position AS position,
    COUNT(o.organisation_id) AS n
FROM organisation_type AS t
LEFT JOIN organisation AS o ON o.type = t.type
GROUP BY t.type, t.name_th, t.short_th, t.sector, t.position
ORDER BY position, type
