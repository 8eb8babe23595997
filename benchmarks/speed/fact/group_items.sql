-- uses: member
asked AS (    -- an item asked of several groups is the mean of the groups' means
    SELECT a.part, COUNT(*) AS n FROM part_respondents AS a WHERE a.fiscal_year = $fiscal_year GROUP BY a.part
),
of_groups AS (
    SELECT s.organisation_id, s.part, AVG(s.value) AS value
    FROM score AS s
    JOIN asked AS a ON a.part = s.part
    JOIN member AS m ON m.organisation_id = s.organisation_id AND m.fiscal_year = s.fiscal_year
    WHERE s.fiscal_year = $fiscal_year AND s.respondents <> 'all'
    GROUP BY s.organisation_id, s.part, a.n
    HAVING COUNT(*) = a.n
),
item AS (
    SELECT k.part, k.value FROM known AS k WHERE k.fiscal_year = $fiscal_year
    UNION ALL
    SELECT g.part, g.value FROM of_groups AS g
),
summary AS (
    SELECT i.part, COUNT(*) AS n, AVG(i.value) AS mean, COUNT(*) FILTER (WHERE i.value = 0) AS n_zero
    FROM item AS i
    GROUP BY i.part
)
SELECT
    p.code AS part, p.name_th, p.parent, p.indicator, p.instrument, p.scale, p.position, s.n, s.mean, s.n_zero,
    100.0 * s.n_zero / s.n AS share_zero, p.weight_in_total * (100 - s.mean) AS mean_points_lost
FROM summary AS s
JOIN part AS p ON p.fiscal_year = $fiscal_year AND p.code = s.part AND p.level = 'item'
ORDER BY p.position
