-- The dataset folders the attached version was built from.
SELECT f.folder
FROM current.build_folder AS f
ORDER BY f.position;
