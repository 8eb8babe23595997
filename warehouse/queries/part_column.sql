-- One part of every body of a group in a year that has it: a column of a table of the group's bodies.
SELECT
    v.organisation_id AS organisation_id,
    v.value AS value,
    v.basis AS basis
FROM part_value__organisation_year AS v
JOIN member__organisation_year AS m
    ON m.organisation_id = v.organisation_id AND m.fiscal_year = v.fiscal_year
WHERE m.place = $place AND m.kind = $kind
    AND v.fiscal_year = $fiscal_year AND v.part = $part AND v.respondents = 'all'
ORDER BY organisation_id
