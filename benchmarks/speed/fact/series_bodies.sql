-- uses: member
series AS (
    SELECT
        k.organisation_id, COUNT(*) AS n_years, MIN(k.fiscal_year) AS first_year, MAX(k.fiscal_year) AS last_year
    FROM known AS k
    WHERE k.part = $part
    GROUP BY k.organisation_id
    HAVING COUNT(*) >= 2
)
SELECT
    s.organisation_id, s.n_years, s.first_year, s.last_year, COUNT(*) OVER () AS n_bodies, o.name_order
FROM series AS s
JOIN organisation AS o ON o.organisation_id = s.organisation_id
ORDER BY o.name_order
LIMIT 12
