-- The bodies of a group whose score on one part is not published but computed from the parts below, in two years.
SELECT
    v.organisation_id AS organisation_id,
    v.fiscal_year AS fiscal_year
FROM part_value__organisation_year AS v
JOIN result__organisation_year AS r
    ON r.organisation_id = v.organisation_id AND r.fiscal_year = $to_year
WHERE v.part = $part AND v.respondents = 'all' AND v.basis = 'recomputed'
    AND v.fiscal_year IN ($from_year, $to_year)
    AND $place IN ('all', r.region_code, r.province_iso)
    AND $kind IN ('all', r.sector, r.type)
ORDER BY fiscal_year, organisation_id
