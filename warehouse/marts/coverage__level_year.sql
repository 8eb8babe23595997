-- Grain: year × level of the tree with any published score: how many bodies have one, and how many scores they are.
CREATE TABLE coverage__level_year AS
SELECT v.fiscal_year, v.level, COUNT(DISTINCT v.organisation_id) AS n_bodies, COUNT(*) AS n_scores
FROM part_value__organisation_year AS v
WHERE v.basis = 'published'
GROUP BY v.fiscal_year, v.level
UNION ALL
SELECT r.fiscal_year, 'item' AS level, COUNT(*) AS n_bodies, CAST(SUM(r.n_items) AS BIGINT) AS n_scores
FROM result__organisation_year AS r
WHERE r.n_items > 0
GROUP BY r.fiscal_year
ORDER BY fiscal_year, level;
