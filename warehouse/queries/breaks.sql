-- The breaks in comparability between a year and the year before it.
SELECT
    b.fiscal_year AS fiscal_year,
    b.comparable AS comparable,
    b.joined AS joined,
    b.reason_th AS reason_th
FROM break_before AS b
ORDER BY fiscal_year
