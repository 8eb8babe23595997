-- The scores that differ between two attached versions, largest moves first.
SELECT
    COALESCE(after.organisation_id, before.organisation_id) AS organisation_id,
    COALESCE(after.fiscal_year, before.fiscal_year) AS fiscal_year,
    COALESCE(after.part, before.part) AS part,
    COALESCE(after.respondents, before.respondents) AS respondents,
    before.value AS value_before,
    after.value AS value_after,
    CASE
        WHEN before.value IS NULL THEN 'new'
        WHEN after.value IS NULL THEN 'vanished'
        ELSE 'changed'
    END AS state,
    ABS(after.value - before.value) AS moved
FROM after.score AS after
FULL JOIN before.score AS before
    ON before.organisation_id = after.organisation_id AND before.fiscal_year = after.fiscal_year
    AND before.part = after.part AND before.respondents = after.respondents
WHERE before.value IS DISTINCT FROM after.value
ORDER BY moved DESC NULLS LAST, organisation_id, fiscal_year, part, respondents;
