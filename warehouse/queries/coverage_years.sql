-- How much the warehouse holds of every year, beside how many bodies were assessed nationally.
WITH body AS (
    SELECT
        r.fiscal_year AS fiscal_year,
        COUNT(*) AS n_bodies,
        COUNT(r.overall) AS n_overall,
        SUM(CASE WHEN r.overall_basis = 'recomputed' THEN 1 ELSE 0 END) AS n_recomputed,
        SUM(CASE WHEN r.n_items > 0 THEN 1 ELSE 0 END) AS n_with_items,
        SUM(r.n_items) AS n_items
    FROM result__organisation_year AS r
    GROUP BY r.fiscal_year
),
figure AS (
    SELECT s.fiscal_year AS fiscal_year, COUNT(*) AS n_scores
    FROM score AS s
    GROUP BY s.fiscal_year
)
SELECT
    e.fiscal_year AS fiscal_year,
    CAST(COALESCE(b.n_bodies, 0) AS BIGINT) AS n_bodies,
    CAST(COALESCE(b.n_overall, 0) AS BIGINT) AS n_overall,
    CAST(COALESCE(b.n_recomputed, 0) AS BIGINT) AS n_recomputed,
    CAST(COALESCE(b.n_with_items, 0) AS BIGINT) AS n_with_items,
    CAST(COALESCE(f.n_scores, 0) AS BIGINT) AS n_scores,
    CAST(COALESCE(b.n_items, 0) AS BIGINT) AS n_items,
    n.n_organisations AS n_organisations,
    100.0 * COALESCE(b.n_overall, 0) / NULLIF(n.n_organisations, 0) AS share_overall
FROM edition AS e
LEFT JOIN body AS b ON b.fiscal_year = e.fiscal_year
LEFT JOIN figure AS f ON f.fiscal_year = e.fiscal_year
LEFT JOIN national_summary AS n ON n.fiscal_year = e.fiscal_year
ORDER BY fiscal_year
