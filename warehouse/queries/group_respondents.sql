-- What an edition asks several groups of respondents above the items, and what a group scored with each and with all;
-- every edition that asks so, with n 0 where nothing is known.
WITH asked AS (
    SELECT a.fiscal_year AS fiscal_year, a.part AS part, a.respondents AS respondents
    FROM part_respondents AS a
    UNION ALL
    SELECT a.fiscal_year AS fiscal_year, a.part AS part, 'all' AS respondents
    FROM part_respondents AS a
    GROUP BY a.fiscal_year, a.part
)
SELECT
    a.fiscal_year AS fiscal_year,
    a.part AS part,
    p.name_th AS name_th,
    p.level AS level,
    p.position AS position,
    a.respondents AS respondents,
    COALESCE(g.n, 0) AS n,
    g.mean AS mean,
    g.median AS median
FROM asked AS a
JOIN part AS p ON p.fiscal_year = a.fiscal_year AND p.code = a.part
LEFT JOIN part__group_year AS g
    ON g.fiscal_year = a.fiscal_year AND g.part = a.part AND g.respondents = a.respondents
    AND g.place = $place AND g.kind = $kind
WHERE p.level <> 'item'
ORDER BY fiscal_year, position, respondents
