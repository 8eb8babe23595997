-- uses: member
shown AS (
    SELECT k.*, p.name_th, p.level, p.parent, p.instrument, p.position, p.weight_in_total
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level <> 'item'
    WHERE k.fiscal_year = $fiscal_year
),
before AS (
    SELECT s.organisation_id, s.part, s.value
    FROM score AS s
    WHERE s.fiscal_year = $fiscal_year - 1 AND s.respondents = 'all'
),
comparable AS (    -- levels get deeper from left to right; without a break all of them may be compared
    SELECT
        d.level,
        b.comparable IS NULL OR LIST_POSITION(levels, b.comparable) >= LIST_POSITION(levels, d.level) AS allowed
    FROM (SELECT ['none', 'overall', 'instrument', 'indicator', 'sub_indicator', 'item'] AS levels)
    CROSS JOIN (SELECT DISTINCT p.level FROM part AS p) AS d
    LEFT JOIN break_before AS b ON b.fiscal_year = $fiscal_year
),
lowest AS (
    SELECT s.part, COUNT(*) AS n
    FROM (
        SELECT part, RANK() OVER (PARTITION BY organisation_id ORDER BY CAST(value AS DECIMAL(12, 6))) AS place
        FROM shown WHERE level = 'indicator'
    ) AS s
    WHERE s.place = 1
    GROUP BY s.part
)
SELECT
    s.part, s.name_th, s.level, s.parent, s.instrument, s.position,
    COUNT(*) AS n, AVG(s.value) AS mean, MIN(s.value) AS min, QUANTILE_CONT(s.value, 0.25) AS q1,
    MEDIAN(s.value) AS median, QUANTILE_CONT(s.value, 0.75) AS q3, MAX(s.value) AS max,
    s.weight_in_total * (100 - AVG(s.value)) AS mean_points_lost,
    COALESCE(MIN(l.n), 0) AS n_lowest,
    COUNT(b.value) FILTER (WHERE c.allowed) AS n_change,
    AVG(s.value - b.value) FILTER (WHERE c.allowed) AS mean_change
FROM shown AS s
JOIN comparable AS c ON c.level = s.level
LEFT JOIN before AS b ON b.organisation_id = s.organisation_id AND b.part = s.part
LEFT JOIN lowest AS l ON l.part = s.part
GROUP BY s.part, s.name_th, s.level, s.parent, s.instrument, s.position, s.weight_in_total
ORDER BY s.position
