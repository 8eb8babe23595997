-- One body and year of every situation.
SELECT
    situation, ANY_VALUE(fiscal_year) AS fiscal_year, ARG_MIN(overall, organisation_id) AS overall,
    ARG_MIN(instruments, organisation_id) AS instruments, ANY_VALUE(printed) AS printed
FROM situation
GROUP BY situation
ORDER BY situation;
