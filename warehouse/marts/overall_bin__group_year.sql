-- Grain: group × year × one-point bin of the overall (100 falls into the bin from 99).
CREATE TABLE overall_bin__group_year AS
SELECT
    m.place,
    m.kind,
    m.fiscal_year,
    CAST(LEAST(FLOOR(r.overall_rounded), 99) AS INTEGER) AS bin_from,
    COUNT(*) AS n
FROM member__organisation_year AS m
JOIN result__organisation_year AS r
    ON r.organisation_id = m.organisation_id AND r.fiscal_year = m.fiscal_year
WHERE r.overall IS NOT NULL
GROUP BY m.place, m.kind, m.fiscal_year, CAST(LEAST(FLOOR(r.overall_rounded), 99) AS INTEGER)
ORDER BY m.place, m.kind, m.fiscal_year, bin_from;
