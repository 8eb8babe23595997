-- The names whose figures wait for a person, as their source writes them, with how much waits.
SELECT
    u.source_id AS source_id,
    u.name_th AS name_th,
    u.type_th AS type_th,
    u.district_th AS district_th,
    u.province_th AS province_th,
    u.code AS code,
    MIN(u.why_th) AS why_th,
    s.title_th AS source_th,
    COUNT(*) AS n_scores,
    MIN(u.fiscal_year) AS first_year,
    MAX(u.fiscal_year) AS last_year
FROM unresolved_score AS u
JOIN source AS s ON s.source_id = u.source_id
GROUP BY u.source_id, u.name_th, u.type_th, u.district_th, u.province_th, u.code, s.title_th
ORDER BY
    name_th, source_id, type_th NULLS FIRST, district_th NULLS FIRST, province_th NULLS FIRST, code NULLS FIRST
