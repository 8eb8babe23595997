-- Grain: group × part above the items × pair of years, from_year up to to_year and equal to it too. n counts the bodies
-- with the part (for all respondents) in both years that are of the group in the later one, n_both those of the group
-- in both, n_span those whose first and last year with the part in the group these two are: every body once.
-- The years of a body are the bits of a number, so that bodies alike are counted together and only then paired.
CREATE TABLE pair__group_part AS
WITH year AS (
    SELECT e.fiscal_year, CAST(1 AS BIGINT) << (e.fiscal_year - MIN(e.fiscal_year) OVER ()) AS bit
    FROM edition AS e
),
body_part AS (
    SELECT v.organisation_id, v.part, BIT_OR(y.bit) AS known
    FROM part_value__organisation_year AS v
    JOIN year AS y ON y.fiscal_year = v.fiscal_year
    WHERE v.respondents = 'all'
    GROUP BY v.organisation_id, v.part
),
body_group AS (
    SELECT m.organisation_id, m.place, m.kind, BIT_OR(y.bit) AS member
    FROM member__organisation_year AS m
    JOIN year AS y ON y.fiscal_year = m.fiscal_year
    GROUP BY m.organisation_id, m.place, m.kind
),
alike AS (
    SELECT g.place, g.kind, p.part, p.known, p.known & g.member AS known_as_member, COUNT(*) AS n
    FROM body_part AS p
    JOIN body_group AS g ON g.organisation_id = p.organisation_id
    GROUP BY g.place, g.kind, p.part, p.known, p.known & g.member
)
SELECT
    a.place,
    a.kind,
    a.part,
    earlier.fiscal_year AS from_year,
    later.fiscal_year AS to_year,
    CAST(SUM(a.n) AS BIGINT) AS n,
    CAST(COALESCE(SUM(a.n) FILTER (WHERE a.known_as_member & earlier.bit > 0), 0) AS BIGINT) AS n_both,
    CAST(COALESCE(SUM(a.n) FILTER (
        -- earlier is the lowest of the bits, and none is higher than later
        WHERE a.known_as_member & (2 * earlier.bit - 1) = earlier.bit AND a.known_as_member < 2 * later.bit
    ), 0) AS BIGINT) AS n_span
FROM alike AS a
JOIN year AS later ON a.known_as_member & later.bit > 0
JOIN year AS earlier ON a.known & earlier.bit > 0 AND earlier.fiscal_year <= later.fiscal_year
GROUP BY a.place, a.kind, a.part, earlier.fiscal_year, later.fiscal_year
ORDER BY a.place, a.kind, a.part, to_year, from_year;
