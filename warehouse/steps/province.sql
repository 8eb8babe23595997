-- Fills province from the reference tables, each with its tile on the map grid.
INSERT INTO province
SELECT
    p.iso, p.name_th, p.name_en, p.abbr_th, p.region_code, p.region_th,
    CAST(t.col AS INTEGER) AS tile_col, CAST(t.row AS INTEGER) AS tile_row
FROM READ_CSV($provinces, header = true, all_varchar = true) AS p
JOIN READ_CSV($tiles, header = true, all_varchar = true) AS t ON t.iso = p.iso;
