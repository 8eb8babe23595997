-- uses: member, graded
ranked AS (
    SELECT
        g.*, RANK() OVER (ORDER BY CAST(g.overall AS DECIMAL(12, 6)) DESC) AS rank,
        ROW_NUMBER() OVER (ORDER BY CAST(g.overall AS DECIMAL(12, 6)) DESC, m.name_order) AS row_no,
        COUNT(g.overall) OVER () AS n_ranked, COUNT(*) OVER () AS n, m.label_th, m.name_order
    FROM graded AS g
    JOIN member AS m ON m.organisation_id = g.organisation_id AND m.fiscal_year = g.fiscal_year
    WHERE g.fiscal_year = $fiscal_year
),
shown AS (
    SELECT r.* FROM ranked AS r WHERE r.row_no BETWEEN $first AND $last
),
indicator AS (
    SELECT
        k.organisation_id, k.part, k.value, p.position,
        RANK() OVER (PARTITION BY k.organisation_id ORDER BY CAST(k.value AS DECIMAL(12, 6))) AS place
    FROM known AS k
    SEMI JOIN shown AS s ON s.organisation_id = k.organisation_id
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level = 'indicator'
    WHERE k.fiscal_year = $fiscal_year
),
lowest AS (
    SELECT
        i.organisation_id, STRING_AGG(i.part, ', ' ORDER BY i.position) AS lowest_indicators,
        MIN(i.value) AS lowest_value
    FROM indicator AS i
    WHERE i.place = 1
    GROUP BY i.organisation_id
)
SELECT
    s.organisation_id, s.label_th, s.rank, s.n_ranked, s.overall, g.name_th AS grade_th, g.passed,
    l.lowest_indicators, l.lowest_value, s.name_order, s.row_no, s.n
FROM shown AS s
JOIN lowest AS l ON l.organisation_id = s.organisation_id
LEFT JOIN grade_level AS g ON g.fiscal_year = s.fiscal_year AND g.position = s.position
ORDER BY s.row_no
