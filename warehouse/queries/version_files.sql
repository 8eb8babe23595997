-- When this version was built, and the files imported into it, latest first; one row without a file where none was.
SELECT
    b.build_id AS build_id,
    b.built_at AS built_at,
    b.dataset_th AS dataset_th,
    s.source_id AS source_id,
    s.title_th AS title_th,
    s.imported_by AS imported_by,
    s.imported_at AS imported_at
FROM build_info AS b
LEFT JOIN source AS s ON s.kind = 'file'
ORDER BY imported_at DESC NULLS LAST, source_id NULLS FIRST
