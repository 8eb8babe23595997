-- The measures of a body with what is known of carrying them out.
SELECT
    m.measure_id AS measure_id,
    m.plan_year AS plan_year,
    m.assessed_year AS assessed_year,
    m.seq AS seq,
    m.title_th AS title_th,
    m.responsible_unit_th AS responsible_unit_th,
    m.period_th AS period_th,
    m.follow_up_th AS follow_up_th,
    r.done_th AS done_th,
    r.advice_th AS advice_th,
    s.title_th AS source_th,
    m.source_row AS source_row
FROM measure AS m
JOIN source AS s ON s.source_id = m.source_id
LEFT JOIN measure_result AS r ON r.measure_id = m.measure_id
WHERE m.organisation_id = $organisation
ORDER BY plan_year, seq
