-- For every year a body's measures answer: its indicators in the year after, and how they changed (NULL where the
-- two years may not be compared).
SELECT
    v.fiscal_year - 1 AS fiscal_year,
    v.part AS part,
    v.value AS value_after,
    v.change AS change
FROM part_value__organisation_year AS v
WHERE v.organisation_id = $organisation AND v.level = 'indicator' AND v.respondents = 'all'
    AND v.fiscal_year - 1 IN (
        SELECT m.assessed_year FROM measure AS m WHERE m.organisation_id = $organisation
    )
ORDER BY fiscal_year DESC, part
