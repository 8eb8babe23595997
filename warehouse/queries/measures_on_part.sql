-- The measures of some bodies ($organisations: ids between commas) that answer a year's result and aim at a part.
SELECT
    m.organisation_id AS organisation_id,
    m.measure_id AS measure_id,
    m.plan_year AS plan_year,
    m.seq AS seq,
    m.title_th AS title_th,
    i.basis AS basis,
    m.follow_up_th AS follow_up_th,
    r.done_th AS done_th
FROM measure AS m
JOIN measure_indicator AS i ON i.measure_id = m.measure_id
LEFT JOIN measure_result AS r ON r.measure_id = m.measure_id
WHERE POSITION(',' || m.organisation_id || ',' IN $organisations) > 0
    AND m.assessed_year = $assessed_year AND i.part = $part
ORDER BY organisation_id, plan_year, seq, measure_id
