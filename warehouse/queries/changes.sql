-- The bodies of a group with one part in two years, largest gain first. Group membership is of the later year.
SELECT
    r.organisation_id AS organisation_id,
    r.label_th AS label_th,
    r.province_th AS province_th,
    before.value AS value_from,
    now.value AS value_to,
    now.value - before.value AS change,
    RANK() OVER (ORDER BY CAST(now.value - before.value AS DECIMAL(12, 6)) DESC) AS rank,
    COUNT(*) OVER () AS n,
    r.name_order AS name_order
FROM part_value__organisation_year AS now
JOIN part_value__organisation_year AS before
    ON before.organisation_id = now.organisation_id AND before.part = now.part
    AND before.respondents = 'all' AND before.fiscal_year = $from_year
JOIN result__organisation_year AS r
    ON r.organisation_id = now.organisation_id AND r.fiscal_year = now.fiscal_year
WHERE now.fiscal_year = $to_year AND now.part = $part AND now.respondents = 'all'
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY rank, name_order
