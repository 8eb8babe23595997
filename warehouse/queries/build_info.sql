-- Which build this is.
SELECT
    b.build_id AS build_id,
    b.built_at AS built_at,
    b.dataset_th AS dataset_th,
    b.simulated AS simulated
FROM build_info AS b
ORDER BY build_id
