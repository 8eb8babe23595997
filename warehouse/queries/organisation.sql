-- One body as the register knows it.
SELECT
    o.organisation_id AS organisation_id,
    o.full_name_th AS full_name_th,
    o.label_th AS label_th,
    o.type AS type,
    t.name_th AS type_th,
    t.needs_province AS needs_province,
    o.district_th AS district_th,
    o.province_iso AS province_iso,
    p.name_th AS province_th,
    p.region_code AS region_code,
    o.note_th AS note_th
FROM organisation AS o
JOIN organisation_type AS t ON t.type = o.type
LEFT JOIN province AS p ON p.iso = o.province_iso
WHERE o.organisation_id = $organisation
ORDER BY organisation_id
