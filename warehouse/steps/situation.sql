-- Makes situation: every body and year with an overall, and under one number those that are graded alike. Scores are
-- the published ones, else the recomputed ones, rounded half up to two decimals as grading does first. Where every
-- instrument is known or none is asked for, only the marks reached matter, so a whole country has few situations.
CREATE TEMP TABLE situation AS
WITH known AS (
    SELECT s.organisation_id, s.fiscal_year, s.part, s.value, 1 AS preference FROM score AS s
    WHERE s.respondents = 'all'
    UNION ALL
    SELECT r.organisation_id, r.fiscal_year, r.part, r.value, 2 AS preference FROM recomputed_score AS r
    WHERE r.respondents = 'all'
),
chosen AS (
    SELECT
        k.organisation_id, k.fiscal_year, k.part, p.level,
        CAST(ROUND(CAST(ARG_MIN(k.value, k.preference) AS DECIMAL(12, 6)), 2) AS DOUBLE) AS value
    FROM known AS k
    JOIN part AS p ON p.fiscal_year = k.fiscal_year AND p.code = k.part
    WHERE p.level IN ('overall', 'instrument')
    GROUP BY k.organisation_id, k.fiscal_year, k.part, p.level
),
body AS (
    SELECT
        organisation_id,
        fiscal_year,
        MAX(value) FILTER (WHERE level = 'overall') AS overall,
        MIN(value) FILTER (WHERE level = 'instrument') AS lowest_instrument,
        COUNT(*) FILTER (WHERE level = 'instrument') AS n_instruments,
        MAP_FROM_ENTRIES(LIST(ROW(part, value) ORDER BY part) FILTER (WHERE level = 'instrument')) AS instruments
    FROM chosen
    GROUP BY organisation_id, fiscal_year
    HAVING COUNT(*) FILTER (WHERE level = 'overall') > 0
),
asked AS (
    SELECT
        e.fiscal_year,
        (SELECT COUNT(*) FROM part AS p WHERE p.fiscal_year = e.fiscal_year AND p.level = 'instrument')
            AS n_instruments,
        COALESCE(BOOL_OR(g.instruments_at_least > 0), false) AS asks_instruments,
        COALESCE(LIST(DISTINCT g.overall_at_least), []) AS overall_marks,
        COALESCE(LIST(DISTINCT g.instruments_at_least), []) AS instrument_marks
    FROM edition AS e
    LEFT JOIN grade_level AS g ON g.fiscal_year = e.fiscal_year
    GROUP BY e.fiscal_year
),
marked AS (
    SELECT
        b.organisation_id, b.fiscal_year, b.overall, b.instruments,
        LENGTH(LIST_FILTER(a.overall_marks, LAMBDA mark : mark <= b.overall)) AS overall_reached,
        LENGTH(LIST_FILTER(a.instrument_marks, LAMBDA mark : mark <= b.lowest_instrument)) AS instruments_reached,
        b.n_instruments = a.n_instruments OR NOT a.asks_instruments AS is_clear,
        COALESCE(g.names, []) AS printed
    FROM body AS b
    JOIN asked AS a ON a.fiscal_year = b.fiscal_year
    LEFT JOIN (
        SELECT organisation_id, fiscal_year, LIST(DISTINCT printed_grade ORDER BY printed_grade) AS names
        FROM printed_grade
        GROUP BY organisation_id, fiscal_year
    ) AS g ON g.organisation_id = b.organisation_id AND g.fiscal_year = b.fiscal_year
)
SELECT
    organisation_id, fiscal_year, overall, instruments, printed,
    DENSE_RANK() OVER (
        ORDER BY
            fiscal_year, is_clear, overall_reached, instruments_reached, printed,
            CASE WHEN NOT is_clear THEN overall END, CASE WHEN NOT is_clear THEN MAP_ENTRIES(instruments) END
    ) AS situation
FROM marked;
