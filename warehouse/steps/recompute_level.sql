-- Adds to recomputed_score: every part of level $level from its children, each child's published score preferred
-- to its recomputed one, and only where all children have a score and a known weight (see ita_data.scoring).
INSERT INTO recomputed_score
WITH known AS (
    SELECT organisation_id, fiscal_year, part, respondents, value FROM score
    UNION ALL
    SELECT r.organisation_id, r.fiscal_year, r.part, r.respondents, r.value
    FROM recomputed_score AS r
    ANTI JOIN score AS s
        ON s.organisation_id = r.organisation_id AND s.fiscal_year = r.fiscal_year
        AND s.part = r.part AND s.respondents = r.respondents
),
child AS (
    SELECT c.fiscal_year, c.code, c.parent, c.weight_in_parent
    FROM part AS c
    JOIN part AS p ON p.fiscal_year = c.fiscal_year AND p.code = c.parent
    WHERE p.level = $level AND p.split_confirmed
),
children_needed AS (
    SELECT fiscal_year, parent, COUNT(*) AS n
    FROM child
    GROUP BY fiscal_year, parent
),
weighted AS (
    SELECT
        k.organisation_id, k.fiscal_year, c.parent AS part, k.respondents,
        SUM(c.weight_in_parent * k.value) AS value, COUNT(*) AS n
    FROM known AS k
    JOIN child AS c ON c.fiscal_year = k.fiscal_year AND c.code = k.part
    LEFT JOIN part_respondents AS asked
        ON asked.fiscal_year = c.fiscal_year AND asked.part = c.parent AND asked.respondents = k.respondents
    WHERE k.respondents = 'all' OR asked.respondents IS NOT NULL
    GROUP BY k.organisation_id, k.fiscal_year, c.parent, k.respondents
)
SELECT w.organisation_id, w.fiscal_year, w.part, w.respondents, w.value
FROM weighted AS w
JOIN children_needed AS needed
    ON needed.fiscal_year = w.fiscal_year AND needed.parent = w.part AND needed.n = w.n;
