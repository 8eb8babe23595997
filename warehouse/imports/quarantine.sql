-- The names whose figures wait for a person in the attached version, with how many figures of which years.
SELECT
    u.source_id,
    s.title_th AS source_th,
    u.name_th,
    COUNT(*) AS figures,
    MIN(u.fiscal_year) AS first_year,
    MAX(u.fiscal_year) AS last_year,
    MIN(u.why_th) AS why_th
FROM current.unresolved_score AS u
JOIN current.source AS s ON s.source_id = u.source_id
GROUP BY u.source_id, s.title_th, u.name_th
ORDER BY s.title_th, u.source_id, u.name_th;
