-- uses: member
overall AS (
    SELECT k.organisation_id, CAST(k.value AS DECIMAL(12, 6)) AS value
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part AND p.level = 'overall'
    WHERE k.fiscal_year = $fiscal_year
),
own AS (
    SELECT o.value FROM overall AS o WHERE o.organisation_id = $organisation
)
SELECT
    COUNT(*) AS n,
    (SELECT COUNT(*) FROM member AS m WHERE m.fiscal_year = $fiscal_year) AS n_bodies,
    COUNT(*) FILTER (WHERE o.value > own.value) + 1 AS rank,
    COUNT(*) FILTER (WHERE o.value = own.value) AS n_equal,
    COUNT(*) FILTER (WHERE o.organisation_id = $organisation) > 0 AS is_member
FROM overall AS o
CROSS JOIN own
