-- Grain: province × year: the officially published mean of the province's bodies, where there is one.
CREATE TABLE province_mean__year AS
SELECT
    g.group_code AS province_iso, g.fiscal_year, g.part, g.value AS official_mean, g.source_id, g.source_row
FROM group_score AS g
WHERE g.group_kind = 'province'
ORDER BY g.group_code, g.fiscal_year, g.part;
