-- The printed averages of provinces, ministries and types in a year (0: in all years): groups, never bodies.
SELECT
    g.group_kind AS group_kind,
    g.group_code AS group_code,
    g.group_name_th AS group_name_th,
    g.fiscal_year AS fiscal_year,
    g.part AS part,
    g.value AS value,
    g.n AS n,
    s.title_th AS source_th,
    g.source_row AS source_row
FROM group_score AS g
JOIN source AS s ON s.source_id = g.source_id
WHERE $fiscal_year IN (0, g.fiscal_year)
ORDER BY fiscal_year, group_kind, group_code, part
