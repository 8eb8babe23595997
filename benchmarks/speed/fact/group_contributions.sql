-- uses: member
shared AS (
    SELECT now.code AS part, now.level, now.position, now.name_th, now.weight_in_total AS weight
    FROM part AS now
    JOIN part AS before
        ON before.code = now.code AND before.level = now.level AND before.fiscal_year = $from_year
        AND ABS(before.weight_in_total - now.weight_in_total) < 0.000001
    WHERE now.fiscal_year = $to_year AND now.level IN ('overall', $level)
),
moved AS (
    SELECT s.*, k.organisation_id, k.value - b.value AS change
    FROM shared AS s
    JOIN known AS k ON k.part = s.part AND k.fiscal_year = $to_year
    JOIN score AS b
        ON b.organisation_id = k.organisation_id AND b.part = k.part AND b.respondents = 'all'
        AND b.fiscal_year = $from_year
    QUALIFY COUNT(*) OVER (PARTITION BY k.organisation_id) = (SELECT COUNT(*) FROM shared)
)
SELECT
    m.part, m.level, m.position, m.name_th, m.weight, COUNT(*) AS n,
    AVG(m.change) AS mean_change, AVG(m.weight * m.change) AS mean_contribution,
    COUNT(*) FILTER (WHERE m.change > 0) AS n_up,
    COUNT(*) FILTER (WHERE m.change < 0) AS n_down
FROM moved AS m
GROUP BY ALL
ORDER BY m.position
