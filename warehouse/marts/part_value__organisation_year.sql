-- Grain: body × year × part above the items × respondents. The published score where there is one, else the
-- recomputed one, each kept beside the other; change on the year before only where the break allows it.
CREATE TABLE part_value__organisation_year AS
WITH either AS (
    SELECT organisation_id, fiscal_year, part, respondents, value AS published, NULL AS recomputed
    FROM score
    UNION ALL
    SELECT organisation_id, fiscal_year, part, respondents, NULL AS published, value AS recomputed
    FROM recomputed_score
),
both_sides AS (
    SELECT
        e.organisation_id, e.fiscal_year, e.part, e.respondents, p.level, p.position, p.weight_in_total,
        MAX(e.published) AS published, MAX(e.recomputed) AS recomputed
    FROM either AS e
    JOIN part AS p ON p.fiscal_year = e.fiscal_year AND p.code = e.part
    WHERE p.level <> 'item'
    GROUP BY
        e.organisation_id, e.fiscal_year, e.part, e.respondents, p.level, p.position, p.weight_in_total
),
level_depth AS (
    SELECT level, depth
    FROM (VALUES ('none', 0), ('overall', 1), ('instrument', 2), ('indicator', 3), ('sub_indicator', 4), ('item', 5))
        AS level_depth (level, depth)
)
SELECT
    now.organisation_id,
    now.fiscal_year,
    now.part,
    now.respondents,
    now.level,
    now.position,
    COALESCE(now.published, now.recomputed) AS value,
    CASE WHEN now.published IS NULL THEN 'recomputed' ELSE 'published' END AS basis,
    now.published,
    now.recomputed,
    now.weight_in_total,
    100 - COALESCE(now.published, now.recomputed) AS headroom,
    now.weight_in_total * (100 - COALESCE(now.published, now.recomputed)) AS points_lost,
    COALESCE(before.published, before.recomputed) AS previous_value,
    CASE
        WHEN allowed.depth IS NULL OR allowed.depth >= own.depth
            THEN COALESCE(now.published, now.recomputed) - COALESCE(before.published, before.recomputed)
    END AS change
FROM both_sides AS now
LEFT JOIN both_sides AS before
    ON before.organisation_id = now.organisation_id AND before.fiscal_year = now.fiscal_year - 1
    AND before.part = now.part AND before.respondents = now.respondents
LEFT JOIN break_before AS b ON b.fiscal_year = now.fiscal_year
LEFT JOIN level_depth AS allowed ON allowed.level = b.comparable
JOIN level_depth AS own ON own.level = now.level
ORDER BY now.fiscal_year, now.organisation_id, now.position, now.respondents;
