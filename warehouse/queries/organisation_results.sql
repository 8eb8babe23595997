-- One body in every year it has a score for.
SELECT
    r.fiscal_year AS fiscal_year,
    r.type AS type,
    r.overall AS overall,
    r.overall_basis AS overall_basis,
    r.headroom AS headroom,
    r.overall_change AS overall_change,
    r.previous_overall AS previous_overall,
    r.grade_code AS grade_code,
    r.grade_th AS grade_th,
    r.grade_basis AS grade_basis,
    r.possible_codes AS possible_codes,
    r.passed AS passed,
    r.printed_grade AS printed_grade,
    r.lowest_indicators AS lowest_indicators,
    r.lowest_value AS lowest_value,
    r.n_items AS n_items
FROM result__organisation_year AS r
WHERE r.organisation_id = $organisation
ORDER BY fiscal_year
