-- Grain: group × year × item × respondents. n_zero counts the bodies with no point at all.
-- Items are by far the most scores, so they are summed up by cells first: the bodies of one province that were of the
-- same type in every year, and so stand in the same groups.
CREATE TABLE item__group_year AS
WITH item_value AS (
    SELECT s.organisation_id, s.fiscal_year, s.part, s.respondents, s.value FROM score AS s
    UNION ALL
    SELECT r.organisation_id, r.fiscal_year, r.part, r.respondents, r.value
    FROM recomputed_score AS r
    ANTI JOIN (
        SELECT s.organisation_id, s.fiscal_year, s.part, s.respondents
        FROM score AS s
        SEMI JOIN part_respondents AS asked ON asked.fiscal_year = s.fiscal_year AND asked.part = s.part
    ) AS s    -- only what is asked of several groups is recomputed on this level
        ON s.organisation_id = r.organisation_id AND s.fiscal_year = r.fiscal_year
        AND s.part = r.part AND s.respondents = r.respondents
),
other_types AS (
    SELECT y.organisation_id, STRING_AGG(FORMAT('{} {}', y.fiscal_year, y.type), ',' ORDER BY y.fiscal_year) AS types
    FROM organisation_year AS y
    JOIN organisation AS o ON o.organisation_id = y.organisation_id AND o.type <> y.type
    GROUP BY y.organisation_id
),
cell_of AS (
    SELECT
        o.organisation_id,
        CAST(DENSE_RANK() OVER (ORDER BY o.province_iso, o.type, t.types) AS INTEGER) AS cell
    FROM organisation AS o
    LEFT JOIN other_types AS t ON t.organisation_id = o.organisation_id
),
cell_sum AS (
    SELECT
        c.cell, v.fiscal_year, p.position, v.respondents,
        COUNT(*) AS n, SUM(v.value) AS total, COUNT(*) FILTER (WHERE v.value = 0) AS n_zero
    FROM item_value AS v
    JOIN part AS p ON p.fiscal_year = v.fiscal_year AND p.code = v.part AND p.level = 'item'
    JOIN cell_of AS c ON c.organisation_id = v.organisation_id
    GROUP BY c.cell, v.fiscal_year, p.position, v.respondents
),
numbered_group AS (    -- a number in place of two texts, for every cell is summed up in all its groups
    SELECT g.place, g.kind, CAST(ROW_NUMBER() OVER (ORDER BY g.place, g.kind) AS SMALLINT) AS group_no
    FROM (SELECT DISTINCT place, kind FROM member__organisation_year) AS g
),
cell_group AS (
    SELECT DISTINCT c.cell, m.fiscal_year, g.group_no
    FROM member__organisation_year AS m
    JOIN numbered_group AS g ON g.place = m.place AND g.kind = m.kind
    JOIN cell_of AS c ON c.organisation_id = m.organisation_id
),
summary AS (
    SELECT
        g.group_no, s.fiscal_year, s.position, s.respondents,
        SUM(s.n) AS n, SUM(s.total) AS total, SUM(s.n_zero) AS n_zero
    FROM cell_sum AS s
    JOIN cell_group AS g ON g.cell = s.cell AND g.fiscal_year = s.fiscal_year
    GROUP BY g.group_no, s.fiscal_year, s.position, s.respondents
)
SELECT
    g.place,
    g.kind,
    s.fiscal_year,
    p.code AS part,
    s.respondents,
    s.position,
    CAST(s.n AS BIGINT) AS n,
    s.total / s.n AS mean,
    CAST(s.n_zero AS BIGINT) AS n_zero,
    100.0 * s.n_zero / s.n AS share_zero,
    p.weight_in_total * (100 - s.total / s.n) AS mean_points_lost
FROM summary AS s
JOIN numbered_group AS g ON g.group_no = s.group_no
JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.position = s.position
ORDER BY g.place, g.kind, s.fiscal_year, s.position, s.respondents;
