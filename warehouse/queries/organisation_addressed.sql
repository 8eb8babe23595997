-- Which indicators the measures of a body address, with the body's score in the year the measures answer.
SELECT
    m.measure_id AS measure_id,
    m.assessed_year AS assessed_year,
    m.seq AS seq,
    i.part AS part,
    p.name_th AS name_th,
    p.position AS position,
    i.basis AS basis,
    v.value AS value
FROM measure AS m
JOIN measure_indicator AS i ON i.measure_id = m.measure_id
JOIN part AS p ON p.fiscal_year = m.assessed_year AND p.code = i.part
LEFT JOIN part_value__organisation_year AS v
    ON v.organisation_id = m.organisation_id AND v.fiscal_year = m.assessed_year
    AND v.part = i.part AND v.respondents = 'all'
WHERE m.organisation_id = $organisation
ORDER BY assessed_year, seq, position
