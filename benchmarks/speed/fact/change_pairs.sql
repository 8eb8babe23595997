-- uses: member
both_years AS (
    SELECT b.fiscal_year AS from_year, k.fiscal_year AS to_year, COUNT(*) AS n
    FROM known AS k
    JOIN score AS b
        ON b.organisation_id = k.organisation_id AND b.part = k.part AND b.respondents = 'all'
        AND b.fiscal_year < k.fiscal_year
    WHERE k.part = $part
    GROUP BY b.fiscal_year, k.fiscal_year
),
barring AS (
    SELECT b.fiscal_year
    FROM break_before AS b
    CROSS JOIN (SELECT ['none', 'overall', 'instrument', 'indicator', 'sub_indicator', 'item'] AS levels)
    WHERE LIST_POSITION(levels, b.comparable) < LIST_POSITION(levels, $level)
)
SELECT
    y.from_year, y.to_year, y.n,
    NOT EXISTS (
        FROM barring AS x WHERE x.fiscal_year > y.from_year AND x.fiscal_year <= y.to_year
    ) AS allowed
FROM both_years AS y
ORDER BY y.to_year DESC, y.from_year DESC
