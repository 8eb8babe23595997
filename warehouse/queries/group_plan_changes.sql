-- How indicators of the bodies of a group changed from the year before to $fiscal_year: those a measure answering the
-- year before aims at against the others, below the pass mark then and not (after rounding half up to two
-- decimals). Only bodies with such measures, and only where the two years may be compared.
WITH planned AS (
    SELECT DISTINCT m.organisation_id AS organisation_id
    FROM measure AS m
    WHERE m.assessed_year = $fiscal_year - 1
),
addressed AS (
    SELECT DISTINCT m.organisation_id AS organisation_id, i.part AS part
    FROM measure AS m
    JOIN measure_indicator AS i ON i.measure_id = m.measure_id
    WHERE m.assessed_year = $fiscal_year - 1
),
changed AS (
    SELECT
        v.organisation_id AS organisation_id,
        CAST(v.value - v.change AS DECIMAL(12, 6)) < CAST(e.pass_mark - 0.005 AS DECIMAL(12, 6)) AS is_weak,
        a.part IS NOT NULL AS is_addressed,
        v.value - v.change AS value_from,
        v.change AS change
    FROM part_value__organisation_year AS v
    JOIN planned AS p ON p.organisation_id = v.organisation_id
    JOIN result__organisation_year AS r
        ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
    LEFT JOIN edition AS e ON e.fiscal_year = v.fiscal_year - 1
    LEFT JOIN addressed AS a ON a.organisation_id = v.organisation_id AND a.part = v.part
    WHERE v.fiscal_year = $fiscal_year AND v.level = 'indicator' AND v.respondents = 'all'
        AND v.change IS NOT NULL
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
counted AS (
    SELECT COUNT(DISTINCT c.organisation_id) AS n_planned
    FROM changed AS c
)
SELECT
    c.is_weak AS is_weak,
    c.is_addressed AS is_addressed,
    COUNT(*) AS n,
    COUNT(DISTINCT c.organisation_id) AS n_bodies,
    AVG(CAST(c.value_from AS DOUBLE)) AS mean_from,
    AVG(CAST(c.change AS DOUBLE)) AS mean_change,
    MAX(t.n_planned) AS n_planned
FROM changed AS c
JOIN counted AS t ON 1 = 1
GROUP BY c.is_weak, c.is_addressed
ORDER BY is_weak DESC NULLS LAST, is_addressed DESC
