-- uses: member
one AS (
    SELECT k.organisation_id, k.fiscal_year FROM known AS k WHERE k.part = $part
),
everybody AS (
    SELECT COUNT(DISTINCT o.organisation_id) AS n_distinct FROM one AS o
),
yearly AS (
    SELECT o.fiscal_year, COUNT(*) AS n, COUNT(b.organisation_id) AS n_also_before
    FROM one AS o
    LEFT JOIN one AS b ON b.organisation_id = o.organisation_id AND b.fiscal_year = o.fiscal_year - 1
    GROUP BY o.fiscal_year
)
SELECT
    y.fiscal_year, y.n, y.n_also_before,
    2 * y.n_also_before >= y.n AND 2 * y.n_also_before >= COALESCE(b.n, 0) AND y.n_also_before > 0 AS mostly_same,
    e.n_distinct
FROM yearly AS y
CROSS JOIN everybody AS e
LEFT JOIN yearly AS b ON b.fiscal_year = y.fiscal_year - 1
ORDER BY y.fiscal_year
