-- Fills organisation from the prepared rows in the view incoming, numbering them in Thai alphabetical order.
INSERT INTO organisation BY NAME
SELECT *, ROW_NUMBER() OVER (ORDER BY label_th COLLATE th, organisation_id) AS name_order
FROM incoming;
