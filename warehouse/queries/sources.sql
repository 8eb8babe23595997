-- Every source with who imported it and when, and how many figures come from it.
WITH used AS (
    SELECT r.source_id AS source_id, COUNT(*) AS n FROM reported_score AS r GROUP BY r.source_id
    UNION ALL
    SELECT g.source_id AS source_id, COUNT(*) AS n FROM group_score AS g GROUP BY g.source_id
    UNION ALL
    SELECT n.source_id AS source_id, COUNT(*) AS n FROM national_summary AS n GROUP BY n.source_id
    UNION ALL
    SELECT m.source_id AS source_id, COUNT(*) AS n FROM measure AS m GROUP BY m.source_id
    UNION ALL
    SELECT u.source_id AS source_id, COUNT(*) AS n FROM unresolved_score AS u GROUP BY u.source_id
)
SELECT
    s.source_id AS source_id,
    s.kind AS kind,
    s.title_th AS title_th,
    s.publisher_th AS publisher_th,
    s.locator AS locator,
    s.sha256 AS sha256,
    s.confidence AS confidence,
    s.imported_by AS imported_by,
    s.imported_at AS imported_at,
    CAST(COALESCE(SUM(u.n), 0) AS BIGINT) AS n_figures
FROM source AS s
LEFT JOIN used AS u ON u.source_id = s.source_id
GROUP BY s.source_id, s.kind, s.title_th, s.publisher_th, s.locator, s.sha256, s.confidence, s.imported_by, s.imported_at
ORDER BY source_id
