-- What the attached version says it holds.
SELECT b.dataset_th, b.simulated
FROM current.build_info AS b;
