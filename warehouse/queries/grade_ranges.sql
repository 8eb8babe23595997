-- Between which overalls each grade is possible where the instruments are not known. A better grade that asks a floor
-- m of every instrument is only certain from 100 - w * (100 - m) on, w the smallest weight of an instrument: below
-- that, one instrument may lie under the floor while the others are full.
WITH smallest AS (
    SELECT p.fiscal_year AS fiscal_year, MIN(p.weight_in_total) AS weight
    FROM part AS p
    WHERE p.level = 'instrument'
    GROUP BY p.fiscal_year
),
certain AS (
    SELECT
        l.fiscal_year AS fiscal_year,
        l.position AS position,
        CASE
            WHEN l.instruments_at_least IS NULL THEN l.overall_at_least
            WHEN 100 - w.weight * (100 - l.instruments_at_least) > l.overall_at_least
                THEN 100 - w.weight * (100 - l.instruments_at_least)
            ELSE l.overall_at_least
        END AS certain_from
    FROM grade_level AS l
    LEFT JOIN smallest AS w ON w.fiscal_year = l.fiscal_year
)
SELECT
    l.fiscal_year AS fiscal_year,
    l.code AS code,
    l.position AS position,
    l.name_th AS name_th,
    l.overall_at_least AS overall_at_least,
    l.instruments_at_least AS instruments_at_least,
    l.passed AS passed,
    l.color AS color,
    l.overall_at_least AS possible_from,
    MIN(b.certain_from) AS possible_until
FROM grade_level AS l
LEFT JOIN certain AS b ON b.fiscal_year = l.fiscal_year AND b.position < l.position
GROUP BY
    l.fiscal_year, l.code, l.position, l.name_th, l.overall_at_least, l.instruments_at_least, l.passed, l.color
ORDER BY fiscal_year, position
