-- Pairs of years with how many bodies of a group have one part in both, and whether parts of its level may be
-- compared across the breaks between. Group membership is of the later year.
WITH pair AS (
    SELECT
        before.fiscal_year AS from_year,
        now.fiscal_year AS to_year,
        COUNT(*) AS n
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS before
        ON before.organisation_id = now.organisation_id AND before.part = now.part
        AND before.respondents = now.respondents AND before.fiscal_year < now.fiscal_year
    JOIN result__organisation_year AS r
        ON r.organisation_id = now.organisation_id AND r.fiscal_year = now.fiscal_year
    WHERE now.part = $part AND now.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
    GROUP BY before.fiscal_year, now.fiscal_year
),
depth AS (
    SELECT 'none' AS level, 0 AS depth
    UNION ALL
    SELECT 'overall' AS level, 1 AS depth
    UNION ALL
    SELECT 'instrument' AS level, 2 AS depth
    UNION ALL
    SELECT 'indicator' AS level, 3 AS depth
    UNION ALL
    SELECT 'sub_indicator' AS level, 4 AS depth
    UNION ALL
    SELECT 'item' AS level, 5 AS depth
),
barring AS (
    SELECT b.fiscal_year AS fiscal_year
    FROM break_before AS b
    JOIN depth AS d ON d.level = b.comparable
    JOIN depth AS own ON own.level = $level
    WHERE d.depth < own.depth
)
SELECT
    p.from_year AS from_year,
    p.to_year AS to_year,
    p.n AS n,
    COUNT(x.fiscal_year) = 0 AS allowed
FROM pair AS p
LEFT JOIN barring AS x ON x.fiscal_year > p.from_year AND x.fiscal_year <= p.to_year
GROUP BY p.from_year, p.to_year, p.n
ORDER BY to_year DESC, from_year DESC
