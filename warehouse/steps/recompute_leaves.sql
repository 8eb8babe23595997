-- Adds to recomputed_score: the score for all respondents of a part without children (an item, as a rule) of which
-- the edition asks several groups. It is the plain mean of the groups' means, and needs every group.
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
leaf_mean AS (
    SELECT g.organisation_id, g.fiscal_year, g.part, AVG(g.value) AS value, COUNT(*) AS n
    FROM published_group AS g
    ANTI JOIN part AS child ON child.fiscal_year = g.fiscal_year AND child.parent = g.part
    GROUP BY g.organisation_id, g.fiscal_year, g.part
)
SELECT m.organisation_id, m.fiscal_year, m.part, 'all' AS respondents, m.value
FROM leaf_mean AS m
JOIN groups_asked AS a ON a.fiscal_year = m.fiscal_year AND a.part = m.part AND a.n = m.n;
