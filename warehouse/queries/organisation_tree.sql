-- The whole tree of parts of a year with a body's score on each: published, recomputed, and by respondents.
WITH published AS (
    SELECT
        s.part AS part,
        MAX(CASE WHEN s.respondents = 'all' THEN s.value END) AS value_all,
        MAX(CASE WHEN s.respondents = 'public' THEN s.value END) AS value_public,
        MAX(CASE WHEN s.respondents = 'survey' THEN s.value END) AS value_survey,
        MIN(s.source_id) AS source_id,
        MIN(s.source_row) AS source_row,
        MIN(s.note_th) AS note_th
    FROM score AS s
    WHERE s.organisation_id = $organisation AND s.fiscal_year = $fiscal_year
    GROUP BY s.part
),
recomputed AS (
    SELECT
        c.part AS part,
        MAX(CASE WHEN c.respondents = 'all' THEN c.value END) AS value_all,
        MAX(CASE WHEN c.respondents = 'public' THEN c.value END) AS value_public,
        MAX(CASE WHEN c.respondents = 'survey' THEN c.value END) AS value_survey
    FROM recomputed_score AS c
    WHERE c.organisation_id = $organisation AND c.fiscal_year = $fiscal_year
    GROUP BY c.part
)
SELECT
    p.code AS part,
    p.parent AS parent,
    p.level AS level,
    p.position AS position,
    p.instrument AS instrument,
    p.indicator AS indicator,
    p.name_th AS name_th,
    p.weight_in_total AS weight_in_total,
    p.split_confirmed AS split_confirmed,
    COALESCE(s.value_all, c.value_all) AS value,
    CASE
        WHEN s.value_all IS NOT NULL THEN 'published'
        WHEN c.value_all IS NOT NULL THEN 'recomputed'
    END AS basis,
    s.value_all AS published,
    c.value_all AS recomputed,
    COALESCE(s.value_public, c.value_public) AS value_public,
    COALESCE(s.value_survey, c.value_survey) AS value_survey,
    p.weight_in_total * (100 - COALESCE(s.value_all, c.value_all)) AS points_lost,
    source.title_th AS source_th,
    s.source_row AS source_row,
    s.note_th AS note_th
FROM part AS p
LEFT JOIN published AS s ON s.part = p.code
LEFT JOIN recomputed AS c ON c.part = p.code
LEFT JOIN source ON source.source_id = s.source_id
WHERE p.fiscal_year = $fiscal_year
ORDER BY position
