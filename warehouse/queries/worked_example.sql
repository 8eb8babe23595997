-- The body and year that show the calculation best: of the wanted year if its instruments can be recomputed there,
-- else of any year; of several the one with the most published figures.
WITH recomputed AS (
    SELECT r.organisation_id AS organisation_id, r.fiscal_year AS fiscal_year, COUNT(*) AS n_instruments
    FROM recomputed_score AS r
    JOIN part AS p ON p.fiscal_year = r.fiscal_year AND p.code = r.part
    WHERE p.level = 'instrument' AND r.respondents = 'all'
    GROUP BY r.organisation_id, r.fiscal_year
),
published AS (
    SELECT v.organisation_id AS organisation_id, v.fiscal_year AS fiscal_year, COUNT(*) AS n_scores
    FROM part_value__organisation_year AS v
    WHERE v.basis = 'published'
    GROUP BY v.organisation_id, v.fiscal_year
),
figure AS (
    SELECT
        r.organisation_id AS organisation_id, r.fiscal_year AS fiscal_year,
        r.n_items + COALESCE(p.n_scores, 0) AS n_scores
    FROM result__organisation_year AS r
    LEFT JOIN published AS p ON p.organisation_id = r.organisation_id AND p.fiscal_year = r.fiscal_year
)
SELECT
    o.organisation_id AS organisation_id,
    o.label_th AS label_th,
    c.fiscal_year AS fiscal_year,
    f.n_scores AS n_scores,
    CASE WHEN c.fiscal_year = $fiscal_year THEN 0 ELSE 1 END AS other_year
FROM recomputed AS c
JOIN figure AS f ON f.organisation_id = c.organisation_id AND f.fiscal_year = c.fiscal_year
JOIN organisation AS o ON o.organisation_id = c.organisation_id
ORDER BY other_year, n_scores DESC, fiscal_year DESC, organisation_id
LIMIT 1
