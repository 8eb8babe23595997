-- Where a body's overall stands among the bodies of a group in a year (equal scores share a rank).
-- n counts bodies with an overall, n_bodies all with any score; rank is NULL where the body is not one of n.
WITH member AS (
    SELECT r.organisation_id AS organisation_id, CAST(r.overall AS DECIMAL(12, 6)) AS overall
    FROM result__organisation_year AS r
    WHERE r.fiscal_year = $fiscal_year
        AND $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
body AS (
    SELECT m.overall AS overall
    FROM member AS m
    WHERE m.organisation_id = $organisation AND m.overall IS NOT NULL
),
counted AS (
    SELECT
        COUNT(m.overall) AS n,
        COUNT(*) AS n_bodies,
        SUM(CASE WHEN m.overall > b.overall THEN 1 ELSE 0 END) AS n_above,
        SUM(CASE WHEN m.overall = b.overall THEN 1 ELSE 0 END) AS n_equal,
        COUNT(b.overall) AS n_compared,
        SUM(CASE WHEN m.organisation_id = $organisation THEN 1 ELSE 0 END) AS n_self
    FROM member AS m
    LEFT JOIN body AS b ON 1 = 1
)
SELECT
    c.n AS n,
    c.n_bodies AS n_bodies,
    CASE WHEN c.n_compared > 0 THEN CAST(c.n_above + 1 AS BIGINT) END AS rank,
    CASE WHEN c.n_compared > 0 THEN CAST(c.n_equal AS BIGINT) END AS n_equal,
    COALESCE(c.n_self, 0) > 0 AS is_member
FROM counted AS c
ORDER BY n
