-- How many groups have printed averages in every year that has any, and how many figures these are.
SELECT
    g.fiscal_year AS fiscal_year,
    COUNT(DISTINCT g.group_kind || ' ' || g.group_code) AS n_groups,
    COUNT(*) AS n
FROM group_score AS g
GROUP BY g.fiscal_year
ORDER BY fiscal_year
