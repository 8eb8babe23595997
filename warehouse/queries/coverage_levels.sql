-- How many bodies have a published score at each level of the tree, year by year; a level an edition lacks has no row.
WITH tree AS (
    SELECT p.fiscal_year AS fiscal_year, p.level AS level, MIN(p.position) AS position, COUNT(*) AS n_parts
    FROM part AS p
    GROUP BY p.fiscal_year, p.level
)
SELECT
    t.fiscal_year AS fiscal_year,
    t.level AS level,
    t.position AS position,
    t.n_parts AS n_parts,
    COALESCE(c.n_bodies, 0) AS n_bodies,
    COALESCE(c.n_scores, 0) AS n_scores
FROM tree AS t
LEFT JOIN coverage__level_year AS c ON c.fiscal_year = t.fiscal_year AND c.level = t.level
ORDER BY fiscal_year, position
