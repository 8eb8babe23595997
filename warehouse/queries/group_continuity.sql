-- One part of a group by year: how many of the year's bodies also have it in the year before; mostly_same: they are
-- at least half of the bodies of either year. n_distinct counts the bodies that have it in any year.
WITH scored AS (
    SELECT v.organisation_id AS organisation_id, v.fiscal_year AS fiscal_year
    FROM part_value__organisation_year AS v
    JOIN result__organisation_year AS r
        ON r.organisation_id = v.organisation_id AND r.fiscal_year = v.fiscal_year
    WHERE v.part = $part AND v.respondents = 'all'
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
everybody AS (
    SELECT COUNT(DISTINCT s.organisation_id) AS n_distinct FROM scored AS s
),
by_year AS (
    SELECT
        now.fiscal_year AS fiscal_year,
        COUNT(*) AS n,
        COUNT(before.organisation_id) AS n_also_before
    FROM scored AS now
    LEFT JOIN scored AS before
        ON before.organisation_id = now.organisation_id AND before.fiscal_year = now.fiscal_year - 1
    GROUP BY now.fiscal_year
)
SELECT
    now.fiscal_year AS fiscal_year,
    now.n AS n,
    now.n_also_before AS n_also_before,
    2 * now.n_also_before >= now.n AND 2 * now.n_also_before >= COALESCE(before.n, 0) AND now.n_also_before > 0
        AS mostly_same,
    e.n_distinct AS n_distinct
FROM by_year AS now
CROSS JOIN everybody AS e
LEFT JOIN by_year AS before ON before.fiscal_year = now.fiscal_year - 1
ORDER BY fiscal_year
