-- Fills grade from situation and what was decided of each, the view decided.
INSERT INTO grade BY NAME
SELECT s.organisation_id, s.fiscal_year, d.* EXCLUDE (situation)
FROM situation AS s
JOIN decided AS d ON d.situation = s.situation;
DROP TABLE situation;
