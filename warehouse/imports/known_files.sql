-- The contents that were imported before.
SELECT DISTINCT s.sha256
FROM current.source AS s
WHERE s.kind = 'file' AND s.sha256 IS NOT NULL;
