-- How many figures wait for a person to say whose they are, and how many bodies wait for a province.
WITH score_count AS (
    SELECT COUNT(*) AS n FROM unresolved_score AS u
),
body_count AS (
    SELECT COUNT(*) AS n FROM finding AS f WHERE f.check_code = 'no_province'
)
SELECT
    s.n AS n_scores,
    b.n AS n_bodies
FROM score_count AS s
CROSS JOIN body_count AS b
ORDER BY n_scores
