-- The measures of the attached version, and whether it knows what became of them.
SELECT m.measure_id, r.measure_id IS NOT NULL AS has_result
FROM current.measure AS m
LEFT JOIN (SELECT DISTINCT measure_id FROM current.measure_result) AS r ON r.measure_id = m.measure_id;
