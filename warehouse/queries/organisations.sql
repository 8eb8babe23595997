-- Every body of the warehouse under its unique label, with the years it has scores for.
WITH scored AS (
    SELECT
        r.organisation_id AS organisation_id, MIN(r.fiscal_year) AS first_year, MAX(r.fiscal_year) AS last_year,
        COUNT(r.overall) AS n_overall
    FROM result__organisation_year AS r
    GROUP BY r.organisation_id
)
SELECT
    o.organisation_id AS organisation_id,
    o.label_th AS label_th,
    o.full_name_th AS full_name_th,
    o.type AS type,
    t.name_th AS type_th,
    t.sector AS sector,
    o.district_th AS district_th,
    o.province_iso AS province_iso,
    p.name_th AS province_th,
    p.region_code AS region_code,
    o.note_th AS note_th,
    s.first_year AS first_year,
    s.last_year AS last_year,
    COALESCE(s.n_overall, 0) AS n_overall,
    o.name_order AS name_order
FROM organisation AS o
JOIN organisation_type AS t ON t.type = o.type
LEFT JOIN province AS p ON p.iso = o.province_iso
LEFT JOIN scored AS s ON s.organisation_id = o.organisation_id
ORDER BY name_order
