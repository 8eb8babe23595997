-- How many bodies of a group lie in each one-point bin of the overall.
SELECT
    b.bin_from AS bin_from,
    b.n AS n
FROM overall_bin__group_year AS b
WHERE b.place = $place AND b.kind = $kind AND b.fiscal_year = $fiscal_year
ORDER BY bin_from
