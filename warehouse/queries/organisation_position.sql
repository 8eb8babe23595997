-- A body on every part above the items inside the distribution of a group in the same year.
SELECT
    g.part AS part,
    p.name_th AS name_th,
    g.level AS level,
    g.position AS position,
    v.value AS value,
    v.basis AS basis,
    g.n AS n,
    g.min AS min,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    g.max AS max,
    v.value - g.median AS gap_to_median
FROM part__group_year AS g
JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
JOIN part_value__organisation_year AS v
    ON v.fiscal_year = g.fiscal_year AND v.part = g.part AND v.respondents = g.respondents
    AND v.organisation_id = $organisation
WHERE g.place = $place AND g.kind = $kind AND g.fiscal_year = $fiscal_year AND g.respondents = 'all'
    AND g.level IN ('overall', 'instrument', 'indicator')
ORDER BY position
