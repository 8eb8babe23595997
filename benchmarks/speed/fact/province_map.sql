-- uses: member, graded
by_province AS (
    SELECT
        o.province_iso, COUNT(g.overall) AS n, AVG(g.overall) AS mean,
        100.0 * COUNT(*) FILTER (WHERE l.passed) / NULLIF(COUNT(l.passed), 0) AS share_passed
    FROM graded AS g
    JOIN organisation AS o ON o.organisation_id = g.organisation_id
    LEFT JOIN grade_level AS l ON l.fiscal_year = g.fiscal_year AND l.position = g.position
    WHERE g.fiscal_year = $fiscal_year
    GROUP BY o.province_iso
)
SELECT
    p.iso, p.name_th, p.abbr_th, p.region_th, p.tile_col, p.tile_row,
    COALESCE(b.n, 0) AS n, b.mean, b.share_passed, s.value AS official_mean
FROM province AS p
LEFT JOIN by_province AS b ON b.province_iso = p.iso
LEFT JOIN group_score AS s
    ON s.group_kind = 'province' AND s.group_code = p.iso AND s.fiscal_year = $fiscal_year AND s.part = 'overall'
ORDER BY p.iso
