-- The names whose figures wait for a person in the attached version, with all their source says of the body (empty
-- where it says nothing) and how many figures of which years wait.
SELECT
    u.source_id,
    s.title_th AS source_th,
    u.name_th,
    COALESCE(u.type_th, '') AS type_th,
    COALESCE(u.district_th, '') AS district_th,
    COALESCE(u.province_th, '') AS province_th,
    COALESCE(u.code, '') AS code,
    COUNT(*) AS figures,
    MIN(u.fiscal_year) AS first_year,
    MAX(u.fiscal_year) AS last_year,
    MIN(u.why_th) AS why_th
FROM current.unresolved_score AS u
JOIN current.source AS s ON s.source_id = u.source_id
GROUP BY ALL
ORDER BY source_th, source_id, name_th, type_th, district_th, province_th, code;
