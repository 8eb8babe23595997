-- The bodies and years whose overall or grade differs between two attached versions.
SELECT
    COALESCE(after.organisation_id, before.organisation_id) AS organisation_id,
    COALESCE(after.label_th, before.label_th) AS label_th,
    COALESCE(after.fiscal_year, before.fiscal_year) AS fiscal_year,
    before.overall AS overall_before,
    after.overall AS overall_after,
    before.grade_th AS grade_before,
    after.grade_th AS grade_after,
    before.organisation_id IS NULL AS is_new,
    after.organisation_id IS NULL AS is_vanished
FROM after.result__organisation_year AS after
FULL JOIN before.result__organisation_year AS before
    ON before.organisation_id = after.organisation_id AND before.fiscal_year = after.fiscal_year
WHERE before.overall IS DISTINCT FROM after.overall OR before.grade_th IS DISTINCT FROM after.grade_th
ORDER BY ABS(after.overall - before.overall) DESC NULLS LAST, label_th, fiscal_year;
