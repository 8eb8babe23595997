-- Adds to recomputed_score: an item's score for all respondents, where the edition asks several groups and only
-- the groups' scores are published. It is the plain mean of the groups' means, and needs every group.
INSERT INTO recomputed_score
WITH published_group AS (
    SELECT s.organisation_id, s.fiscal_year, s.part, s.value
    FROM score AS s
    JOIN part_respondents AS r
        ON r.fiscal_year = s.fiscal_year AND r.part = s.part AND r.respondents = s.respondents
),
groups_asked AS (
    SELECT fiscal_year, part, COUNT(*) AS n
    FROM part_respondents
    GROUP BY fiscal_year, part
),
item_mean AS (
    SELECT g.organisation_id, g.fiscal_year, g.part, AVG(g.value) AS value, COUNT(*) AS n
    FROM published_group AS g
    JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part AND p.level = 'item'
    GROUP BY g.organisation_id, g.fiscal_year, g.part
)
SELECT m.organisation_id, m.fiscal_year, m.part, 'all' AS respondents, m.value
FROM item_mean AS m
JOIN groups_asked AS a ON a.fiscal_year = m.fiscal_year AND a.part = m.part AND a.n = m.n;
