-- The $most bodies of the same type whose indicators were nearest to a body's, in the last year before $fiscal_year the
-- body has any. Distance: the root of the mean, over the body's indicators, of the squared difference divided by the
-- variance of the indicator among the bodies of the type; only bodies with all of these indicators are measured.
WITH profile_year AS (
    SELECT v.organisation_id AS organisation_id, MAX(v.fiscal_year) AS fiscal_year
    FROM part_value__organisation_year AS v
    WHERE v.organisation_id = $organisation AND v.fiscal_year < $fiscal_year
        AND v.level = 'indicator' AND v.respondents = 'all'
    GROUP BY v.organisation_id
),
same_type AS (
    SELECT
        v.organisation_id AS organisation_id,
        v.fiscal_year AS fiscal_year,
        v.part AS part,
        CAST(v.value AS DOUBLE) AS value
    FROM profile_year AS y
    JOIN result__organisation_year AS own
        ON own.organisation_id = y.organisation_id AND own.fiscal_year = y.fiscal_year
    JOIN result__organisation_year AS r ON r.fiscal_year = y.fiscal_year AND r.type = own.type
    JOIN part_value__organisation_year AS v
        ON v.organisation_id = r.organisation_id AND v.fiscal_year = r.fiscal_year
    WHERE v.level = 'indicator' AND v.respondents = 'all'
),
profile AS (
    SELECT s.part AS part, s.value AS value FROM same_type AS s WHERE s.organisation_id = $organisation
),
profile_size AS (
    SELECT COUNT(*) AS n FROM profile AS p
),
spread AS (
    SELECT s.part AS part, VAR_SAMP(s.value) AS variance FROM same_type AS s GROUP BY s.part
),
distance AS (
    SELECT
        s.organisation_id AS organisation_id,
        s.fiscal_year AS profile_year,
        COUNT(*) AS n_parts,
        SQRT(AVG(CAST(COALESCE((s.value - p.value) * (s.value - p.value) / NULLIF(d.variance, 0), 0) AS DOUBLE)))
            AS distance
    FROM same_type AS s
    JOIN profile AS p ON p.part = s.part
    JOIN spread AS d ON d.part = s.part
    WHERE s.organisation_id <> $organisation
    GROUP BY s.organisation_id, s.fiscal_year
),
numbered AS (
    SELECT
        d.organisation_id AS organisation_id,
        d.profile_year AS profile_year,
        d.n_parts AS n_parts,
        d.distance AS distance,
        ROW_NUMBER() OVER (ORDER BY CAST(d.distance AS DECIMAL(12, 6)), o.name_order) AS place
    FROM distance AS d
    JOIN profile_size AS z ON z.n = d.n_parts
    JOIN organisation AS o ON o.organisation_id = d.organisation_id
)
SELECT
    b.organisation_id AS organisation_id,
    b.profile_year AS profile_year,
    b.n_parts AS n_parts,
    b.distance AS distance,
    b.place AS place
FROM numbered AS b
WHERE b.place <= $most
ORDER BY place
