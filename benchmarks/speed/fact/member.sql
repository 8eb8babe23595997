-- The bodies of a group with the type each had in the year, before any mart: what every answer here begins with.
member AS (
    SELECT y.organisation_id, y.fiscal_year, o.name_order, o.label_th
    FROM organisation_year AS y
    JOIN organisation AS o ON o.organisation_id = y.organisation_id
    JOIN organisation_type AS t ON t.type = y.type
    LEFT JOIN province AS p ON p.iso = o.province_iso
    WHERE $place IN ('all', p.region_code, p.iso) AND $kind IN ('all', t.sector, y.type)
),
known AS (
    SELECT s.organisation_id, s.fiscal_year, s.part, s.value
    FROM score AS s
    JOIN member AS m ON m.organisation_id = s.organisation_id AND m.fiscal_year = s.fiscal_year
    WHERE s.respondents = 'all'
),
