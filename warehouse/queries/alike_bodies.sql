-- The body itself (row 0) and the $most bodies of a group that started alike and rose most in a part: a year before,
-- their overall was within $overall_within points of the body's and the part within $part_within. Only where the
-- part may be compared with the year before. Among equal rises come first bodies with a measure that aimed at the part,
-- then those whose overall was nearest. n counts the others of the group with both years, n_alike those that started
-- alike, n_risen those of them that rose, n_with_measure those of these with such a measure, n_first those that rose
-- most, all equally; mean_change is that of all who started alike.
WITH aimed AS (
    SELECT DISTINCT m.organisation_id AS organisation_id
    FROM measure AS m
    JOIN measure_indicator AS i ON i.measure_id = m.measure_id
    WHERE m.assessed_year = $fiscal_year - 1 AND i.part = $part
),
pair AS (
    SELECT
        now.organisation_id AS organisation_id,
        started.value AS overall_from,
        now.value - now.change AS value_from,
        now.value AS value_to,
        now.change AS change
    FROM part_value__organisation_year AS now
    JOIN part_value__organisation_year AS started
        ON started.organisation_id = now.organisation_id AND started.fiscal_year = now.fiscal_year - 1
        AND started.level = 'overall' AND started.respondents = 'all'
    WHERE now.fiscal_year = $fiscal_year AND now.part = $part AND now.respondents = 'all'
        AND now.change IS NOT NULL
),
body AS (
    SELECT p.*
    FROM pair AS p
    WHERE p.organisation_id = $organisation
),
other AS (
    SELECT
        p.organisation_id AS organisation_id,
        r.label_th AS label_th,
        r.name_order AS name_order,
        p.overall_from AS overall_from,
        p.value_from AS value_from,
        p.value_to AS value_to,
        p.change AS change,
        CAST(ABS(p.overall_from - b.overall_from) AS DECIMAL(12, 6)) <= CAST($overall_within AS DECIMAL(12, 6))
            AND CAST(ABS(p.value_from - b.value_from) AS DECIMAL(12, 6)) <= CAST($part_within AS DECIMAL(12, 6))
            AS is_alike,
        CAST(p.change AS DECIMAL(12, 6)) > 0 AS is_risen,
        a.organisation_id IS NOT NULL AS has_measure,
        CAST(ABS(p.overall_from - b.overall_from) AS DECIMAL(12, 6)) AS distance
    FROM pair AS p
    JOIN body AS b ON b.organisation_id <> p.organisation_id
    JOIN result__organisation_year AS r
        ON r.organisation_id = p.organisation_id AND r.fiscal_year = $fiscal_year
    LEFT JOIN aimed AS a ON a.organisation_id = p.organisation_id
    WHERE $place IN ('all', r.region_code, r.province_iso)
        AND $kind IN ('all', r.sector, r.type)
),
most_risen AS (
    SELECT MAX(CAST(o.change AS DECIMAL(12, 6))) AS change
    FROM other AS o
    WHERE o.is_alike AND o.is_risen
),
counted AS (
    SELECT
        COUNT(*) AS n,
        COALESCE(SUM(CASE WHEN o.is_alike THEN 1 ELSE 0 END), 0) AS n_alike,
        COALESCE(SUM(CASE WHEN o.is_alike AND o.is_risen THEN 1 ELSE 0 END), 0) AS n_risen,
        COALESCE(SUM(CASE WHEN o.is_alike AND o.is_risen AND o.has_measure THEN 1 ELSE 0 END), 0) AS n_with_measure,
        COALESCE(
            SUM(CASE WHEN o.is_alike AND CAST(o.change AS DECIMAL(12, 6)) = m.change THEN 1 ELSE 0 END), 0
        ) AS n_first,
        AVG(CASE WHEN o.is_alike THEN CAST(o.change AS DOUBLE) END) AS mean_change
    FROM other AS o
    JOIN most_risen AS m ON 1 = 1
),
listed AS (
    SELECT
        b.organisation_id AS organisation_id,
        CAST(NULL AS VARCHAR) AS label_th,
        b.overall_from AS overall_from,
        b.value_from AS value_from,
        b.value_to AS value_to,
        b.change AS change,
        CAST(0 AS BIGINT) AS row_no
    FROM body AS b
    UNION ALL
    SELECT
        o.organisation_id AS organisation_id,
        o.label_th AS label_th,
        o.overall_from AS overall_from,
        o.value_from AS value_from,
        o.value_to AS value_to,
        o.change AS change,
        CAST(ROW_NUMBER() OVER (
            ORDER BY
                CAST(o.change AS DECIMAL(12, 6)) DESC,
                CASE WHEN o.has_measure THEN 0 ELSE 1 END,
                o.distance,
                o.name_order
        ) AS BIGINT) AS row_no
    FROM other AS o
    WHERE o.is_alike AND o.is_risen
)
SELECT
    l.organisation_id AS organisation_id,
    l.label_th AS label_th,
    l.overall_from AS overall_from,
    l.value_from AS value_from,
    l.value_to AS value_to,
    l.change AS change,
    l.row_no AS row_no,
    c.n AS n,
    CAST(c.n_alike AS BIGINT) AS n_alike,
    CAST(c.n_risen AS BIGINT) AS n_risen,
    CAST(c.n_with_measure AS BIGINT) AS n_with_measure,
    CAST(c.n_first AS BIGINT) AS n_first,
    c.mean_change AS mean_change
FROM listed AS l
JOIN counted AS c ON 1 = 1
WHERE l.row_no <= $most
ORDER BY row_no
