-- Every staged figure with its state: 'new', 'unchanged' (the figure in use has this value), 'changed' (it has
-- another value), or 'conflict' (files of this import print different values). Only one of equal figures counts.
-- `staged` holds the figures of this import, `current` is the attached version in use (or an empty one).
--
-- Keys are compared with one another only where their hashes meet: most figures are there once.
WITH keyed AS (
    SELECT s.*, HASH(organisation_id, fiscal_year, part, respondents) AS key_hash FROM staged AS s
),
met AS (
    SELECT key_hash FROM keyed GROUP BY key_hash HAVING COUNT(*) > 1
),
numbered AS (
    SELECT
        staged_id,
        MIN(value) FILTER (WHERE stands) OVER same_key < MAX(value) FILTER (WHERE stands) OVER same_key AS differ,
        ROW_NUMBER() OVER (
            PARTITION BY organisation_id, fiscal_year, part, respondents, stands, value ORDER BY staged_id
        ) AS repetition
    FROM keyed
    WHERE key_hash IN (SELECT key_hash FROM met)
    WINDOW same_key AS (PARTITION BY organisation_id, fiscal_year, part, respondents)
)
SELECT
    n.staged_id,
    n.organisation_id,
    n.fiscal_year,
    n.part,
    n.respondents,
    n.value,
    n.source_id,
    n.source_row,
    used.value AS current_value,
    used.source_id AS current_source_id,
    used.source_row AS current_source_row,
    CAST(CASE
        WHEN NOT n.stands OR k.repetition > 1 THEN 'repeated'
        WHEN k.differ THEN 'conflict'
        WHEN used.value IS NULL THEN 'new'
        WHEN CAST(used.value AS DECIMAL(12, 6)) = CAST(n.value AS DECIMAL(12, 6)) THEN 'unchanged'
        ELSE 'changed'
    END AS staged_state) AS state
FROM staged AS n
LEFT JOIN numbered AS k ON k.staged_id = n.staged_id
LEFT JOIN current.score AS used
    ON used.organisation_id = n.organisation_id AND used.fiscal_year = n.fiscal_year
    AND used.part = n.part AND used.respondents = n.respondents
ORDER BY n.staged_id;
