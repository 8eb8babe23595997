-- uses:
tree AS (
    SELECT p.fiscal_year, p.level, MIN(p.position) AS position, COUNT(*) AS n_parts
    FROM part AS p
    GROUP BY p.fiscal_year, p.level
),
scored AS (
    SELECT s.fiscal_year, p.level, COUNT(DISTINCT s.organisation_id) AS n_bodies, COUNT(*) AS n_scores
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
    GROUP BY s.fiscal_year, p.level
)
SELECT
    t.fiscal_year, t.level, t.position, t.n_parts,
    COALESCE(s.n_bodies, 0) AS n_bodies, COALESCE(s.n_scores, 0) AS n_scores
FROM tree AS t
LEFT JOIN scored AS s ON s.fiscal_year = t.fiscal_year AND s.level = t.level
ORDER BY t.fiscal_year, t.position
