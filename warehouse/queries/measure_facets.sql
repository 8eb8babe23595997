-- One part of any level over the bodies of a group, split by $facet: region, province, kind, or year (then every year is
-- a facet of its own); bodies without a province have the facet ''. $fiscal_year is 0 for every year.
WITH member AS (
    SELECT
        r.organisation_id AS organisation_id,
        r.fiscal_year AS fiscal_year,
        COALESCE(CASE $facet
            WHEN 'region' THEN r.region_code
            WHEN 'province' THEN r.province_iso
            WHEN 'kind' THEN r.type
            ELSE CAST(r.fiscal_year AS VARCHAR)
        END, '') AS facet
    FROM result__organisation_year AS r
    WHERE ($fiscal_year = 0 OR r.fiscal_year = $fiscal_year)
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
scored AS (
    SELECT v.organisation_id AS organisation_id, v.fiscal_year AS fiscal_year, v.value AS value
    FROM value__organisation_year AS v
    WHERE v.part = $part AND v.respondents = $respondents
        AND ($fiscal_year = 0 OR v.fiscal_year = $fiscal_year)
)
SELECT
    m.facet AS facet,
    m.fiscal_year AS fiscal_year,
    COUNT(*) AS n,
    AVG(CAST(s.value AS DOUBLE)) AS mean,
    MIN(s.value) AS min,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY CAST(s.value AS DOUBLE)) AS q1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(s.value AS DOUBLE)) AS median,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY CAST(s.value AS DOUBLE)) AS q3,
    MAX(s.value) AS max,
    COUNT(CASE WHEN CAST(s.value AS DECIMAL(12, 6)) = 0 THEN 1 END) AS n_zero
FROM scored AS s
JOIN member AS m ON m.organisation_id = s.organisation_id AND m.fiscal_year = s.fiscal_year
GROUP BY m.facet, m.fiscal_year
ORDER BY facet, fiscal_year
