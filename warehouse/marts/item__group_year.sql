-- Grain: group × year × item × respondents. n_zero counts the bodies with no point at all.
CREATE TABLE item__group_year AS
WITH item_value AS (
    SELECT s.organisation_id, s.fiscal_year, s.part, s.respondents, s.value FROM score AS s
    UNION ALL
    SELECT r.organisation_id, r.fiscal_year, r.part, r.respondents, r.value
    FROM recomputed_score AS r
    ANTI JOIN score AS s
        ON s.organisation_id = r.organisation_id AND s.fiscal_year = r.fiscal_year
        AND s.part = r.part AND s.respondents = r.respondents
)
SELECT
    m.place,
    m.kind,
    v.fiscal_year,
    v.part,
    v.respondents,
    p.position,
    COUNT(*) AS n,
    AVG(v.value) AS mean,
    COUNT(*) FILTER (WHERE v.value = 0) AS n_zero,
    100.0 * COUNT(*) FILTER (WHERE v.value = 0) / COUNT(*) AS share_zero,
    AVG(p.weight_in_total * (100 - v.value)) AS mean_points_lost
FROM item_value AS v
JOIN part AS p ON p.fiscal_year = v.fiscal_year AND p.code = v.part AND p.level = 'item'
JOIN member__organisation_year AS m
    ON m.organisation_id = v.organisation_id AND m.fiscal_year = v.fiscal_year
GROUP BY m.place, m.kind, v.fiscal_year, v.part, v.respondents, p.position, p.weight_in_total
ORDER BY m.place, m.kind, v.fiscal_year, p.position, v.respondents;
