-- uses: member
level_of AS (
    SELECT
        k.organisation_id, k.fiscal_year,
        BOOL_OR(p.level = 'overall') AS overall, BOOL_OR(p.level = 'indicator') AS indicators
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part
    GROUP BY k.organisation_id, k.fiscal_year
),
body AS (
    SELECT
        m.fiscal_year, COUNT(*) AS n_bodies, COUNT(*) FILTER (WHERE l.overall) AS n_overall,
        COUNT(*) FILTER (WHERE l.indicators) AS n_indicators
    FROM member AS m
    LEFT JOIN level_of AS l ON l.organisation_id = m.organisation_id AND l.fiscal_year = m.fiscal_year
    GROUP BY m.fiscal_year
),
item AS (
    SELECT k.fiscal_year, k.part, COUNT(*) AS n
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.scale = 'binary'
    GROUP BY k.fiscal_year, k.part
)
SELECT b.fiscal_year, b.n_bodies, b.n_overall, b.n_indicators, COALESCE(MAX(i.n), 0) AS n_items
FROM body AS b
LEFT JOIN item AS i ON i.fiscal_year = b.fiscal_year
GROUP BY b.fiscal_year, b.n_bodies, b.n_overall, b.n_indicators
ORDER BY b.fiscal_year
