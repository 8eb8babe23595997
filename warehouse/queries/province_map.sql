-- Every province with its tile, the bodies loaded for it, and its officially published mean where there is one.
SELECT
    p.iso AS iso,
    p.name_th AS name_th,
    p.abbr_th AS abbr_th,
    p.region_th AS region_th,
    p.tile_col AS tile_col,
    p.tile_row AS tile_row,
    COALESCE(g.n, 0) AS n,
    g.mean AS mean,
    g.share_passed AS share_passed,
    m.official_mean AS official_mean
FROM province AS p
LEFT JOIN overall__group_year AS g
    ON g.place = p.iso AND g.kind = $kind AND g.fiscal_year = $fiscal_year
LEFT JOIN province_mean__year AS m
    ON m.province_iso = p.iso AND m.fiscal_year = $fiscal_year AND m.part = 'overall'
ORDER BY iso
