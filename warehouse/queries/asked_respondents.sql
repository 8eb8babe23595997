-- Which groups of respondents an edition asks separately, part by part.
SELECT
    a.part AS part,
    a.respondents AS respondents
FROM part_respondents AS a
WHERE a.fiscal_year = $fiscal_year
ORDER BY part, respondents
