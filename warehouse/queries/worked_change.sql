-- The published group averages of two successive, comparable years in which one part moved the overall most: the
-- example of a contribution. Weights are those of the later year.
SELECT
    now.group_name_th AS group_name_th,
    now.group_code AS group_code,
    now.fiscal_year AS fiscal_year,
    now.part AS part,
    p.name_th AS name_th,
    p.weight_in_total AS weight_in_total,
    before.value AS value_from,
    now.value AS value_to,
    p.weight_in_total * (now.value - before.value) AS contribution,
    CAST(ABS(CAST(p.weight_in_total * (now.value - before.value) AS DECIMAL(12, 6))) AS DOUBLE) AS size
FROM group_score AS now
JOIN group_score AS before
    ON before.group_kind = now.group_kind AND before.group_code = now.group_code
    AND before.part = now.part AND before.fiscal_year = now.fiscal_year - 1
JOIN part AS p ON p.fiscal_year = now.fiscal_year AND p.code = now.part AND p.level = 'indicator'
LEFT JOIN break_before AS b ON b.fiscal_year = now.fiscal_year
WHERE b.fiscal_year IS NULL OR b.comparable IN ('indicator', 'sub_indicator', 'item')
ORDER BY size DESC, group_code, part
LIMIT 1
