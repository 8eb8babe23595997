-- Which build this is, of what, and by which program.
SELECT
    b.build_id AS build_id,
    b.built_at AS built_at,
    b.dataset_th AS dataset_th,
    b.simulated AS simulated,
    b.recipe AS recipe
FROM build_info AS b
ORDER BY build_id
