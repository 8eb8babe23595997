-- Grain: body × year × part above the items × respondents. The published score where there is one, else the
-- recomputed one; change on the year before only where the break allows it.
-- name_order stands for the body where many bodies are joined: whole numbers are joined in half the time of text.
CREATE TABLE part_value__organisation_year AS
WITH shown_part AS (
    SELECT
        p.fiscal_year, p.code, p.level, p.position,
        -- levels get deeper from left to right; without a break all of them may be compared
        b.comparable IS NULL OR LIST_POSITION(depth.levels, b.comparable) >= LIST_POSITION(depth.levels, p.level)
            AS comparable
    FROM part AS p
    LEFT JOIN break_before AS b ON b.fiscal_year = p.fiscal_year
    CROSS JOIN (
        SELECT ['none', 'overall', 'instrument', 'indicator', 'sub_indicator', 'item'] AS levels
    ) AS depth
    WHERE p.level <> 'item'
),
published AS (
    SELECT
        o.name_order, s.organisation_id, s.fiscal_year, s.part, s.respondents, p.level, p.position, p.comparable, s.value
    FROM score AS s
    JOIN shown_part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
    JOIN organisation AS o ON o.organisation_id = s.organisation_id
),
known AS (
    SELECT *, 'published' AS basis FROM published
    UNION ALL
    SELECT
        o.name_order, r.organisation_id, r.fiscal_year, r.part, r.respondents, p.level, p.position, p.comparable,
        r.value, 'recomputed' AS basis
    FROM recomputed_score AS r
    JOIN shown_part AS p ON p.fiscal_year = r.fiscal_year AND p.code = r.part
    JOIN organisation AS o ON o.organisation_id = r.organisation_id
    ANTI JOIN published AS s
        ON s.name_order = o.name_order AND s.fiscal_year = r.fiscal_year
        AND s.part = r.part AND s.respondents = r.respondents
)
SELECT
    now.organisation_id,
    now.name_order,
    now.fiscal_year,
    now.part,
    now.respondents,
    now.level,
    now.position,
    now.value,
    now.basis,
    -- rounded, for the noise of subtracting doubles is no figure and makes the column twice as large
    CASE WHEN now.comparable THEN ROUND(now.value - before.value, 9) END AS change
FROM known AS now
LEFT JOIN known AS before
    ON before.name_order = now.name_order AND before.fiscal_year = now.fiscal_year - 1
    AND before.part = now.part AND before.respondents = now.respondents
-- by part before body: most questions are about one part of many bodies
ORDER BY now.fiscal_year, now.position, now.respondents, now.name_order;
