-- How many bodies have a published score at each level of the tree, year by year; a level an edition lacks has no row.
WITH tree AS (
    SELECT p.fiscal_year AS fiscal_year, p.level AS level, MIN(p.position) AS position, COUNT(*) AS n_parts
    FROM part AS p
    GROUP BY p.fiscal_year, p.level
),
body AS (
    SELECT v.fiscal_year AS fiscal_year, v.level AS level, v.organisation_id AS organisation_id, COUNT(*) AS n_scores
    FROM part_value__organisation_year AS v
    WHERE v.basis = 'published'
    GROUP BY v.fiscal_year, v.level, v.organisation_id
    UNION ALL
    SELECT r.fiscal_year AS fiscal_year, 'item' AS level, r.organisation_id AS organisation_id, r.n_items AS n_scores
    FROM result__organisation_year AS r
    WHERE r.n_items > 0
),
scored AS (
    SELECT
        b.fiscal_year AS fiscal_year, b.level AS level,
        COUNT(*) AS n_bodies, CAST(SUM(b.n_scores) AS BIGINT) AS n_scores
    FROM body AS b
    GROUP BY b.fiscal_year, b.level
)
SELECT
    t.fiscal_year AS fiscal_year,
    t.level AS level,
    t.position AS position,
    t.n_parts AS n_parts,
    COALESCE(s.n_bodies, 0) AS n_bodies,
    COALESCE(s.n_scores, 0) AS n_scores
FROM tree AS t
LEFT JOIN scored AS s ON s.fiscal_year = t.fiscal_year AND s.level = t.level
ORDER BY fiscal_year, position
