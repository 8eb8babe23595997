-- Overall and instruments of every body and year: the published score, else the recomputed one.
WITH known AS (
    SELECT organisation_id, fiscal_year, part, respondents, value, 1 AS preference FROM score
    UNION ALL
    SELECT organisation_id, fiscal_year, part, respondents, value, 2 AS preference FROM recomputed_score
)
SELECT k.organisation_id, k.fiscal_year, k.part, p.level, ARG_MIN(k.value, k.preference) AS value
FROM known AS k
JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part
WHERE k.respondents = 'all' AND p.level IN ('overall', 'instrument')
GROUP BY k.organisation_id, k.fiscal_year, k.part, p.level;
