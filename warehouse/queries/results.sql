-- The bodies of a group in a year with their rank among those with an overall (equal scores share a rank).
WITH member AS (
    SELECT r.*
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
ranked AS (
    SELECT
        m.organisation_id AS organisation_id,
        RANK() OVER (ORDER BY CAST(m.overall AS DECIMAL(12, 6)) DESC) AS rank,
        COUNT(*) OVER () AS n_ranked
    FROM member AS m
    WHERE m.overall IS NOT NULL
)
SELECT
    m.organisation_id AS organisation_id,
    m.label_th AS label_th,
    m.full_name_th AS full_name_th,
    m.type_short_th AS type_short_th,
    m.district_th AS district_th,
    m.province_th AS province_th,
    r.rank AS rank,
    r.n_ranked AS n_ranked,
    m.overall AS overall,
    m.overall_rounded AS overall_rounded,
    m.overall_basis AS overall_basis,
    m.grade_code AS grade_code,
    m.grade_th AS grade_th,
    m.grade_basis AS grade_basis,
    m.passed AS passed,
    m.previous_overall AS previous_overall,
    m.overall_change AS overall_change,
    m.lowest_indicators AS lowest_indicators,
    m.lowest_value AS lowest_value,
    m.n_items AS n_items,
    m.name_order AS name_order
FROM member AS m
LEFT JOIN ranked AS r ON r.organisation_id = m.organisation_id
ORDER BY rank NULLS LAST, name_order
