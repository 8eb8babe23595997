-- One part of the group's bodies of the later year in two years.
pair AS (
    SELECT k.organisation_id, b.value AS value_from, k.value AS value_to, k.value - b.value AS change
    FROM known AS k
    JOIN score AS b
        ON b.organisation_id = k.organisation_id AND b.part = k.part AND b.respondents = 'all'
        AND b.fiscal_year = $from_year
    WHERE k.fiscal_year = $to_year AND k.part = $part
),
