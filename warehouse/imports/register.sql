-- The bodies of the attached version, as a register.
SELECT o.organisation_id, o.type, o.name_th, o.full_name_th, o.district_th, p.name_th AS province_th
FROM current.organisation AS o
LEFT JOIN current.province AS p ON p.iso = o.province_iso
ORDER BY o.organisation_id;
