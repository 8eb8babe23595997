-- The tree of parts of a year, parents before children.
SELECT
    p.code AS part,
    p.parent AS parent,
    p.level AS level,
    p.position AS position,
    p.instrument AS instrument,
    p.indicator AS indicator,
    p.name_th AS name_th,
    p.name_en AS name_en,
    p.weight_in_parent AS weight_in_parent,
    p.weight_in_total AS weight_in_total,
    p.split_confirmed AS split_confirmed,
    p.confidence AS confidence
FROM part AS p
WHERE p.fiscal_year = $fiscal_year
ORDER BY position
