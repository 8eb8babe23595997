-- Grain: body × year × group it belongs to. A group is a place (all, a region, a province) crossed with a kind
-- (all, a sector, a type); every body stands in up to nine.
CREATE TABLE member__organisation_year AS
WITH place AS (
    SELECT organisation_id, fiscal_year, 'all' AS place FROM result__organisation_year
    UNION ALL
    SELECT organisation_id, fiscal_year, region_code AS place
    FROM result__organisation_year WHERE region_code IS NOT NULL
    UNION ALL
    SELECT organisation_id, fiscal_year, province_iso AS place
    FROM result__organisation_year WHERE province_iso IS NOT NULL
),
kind AS (
    SELECT organisation_id, fiscal_year, 'all' AS kind FROM result__organisation_year
    UNION ALL
    SELECT organisation_id, fiscal_year, sector AS kind FROM result__organisation_year
    UNION ALL
    SELECT organisation_id, fiscal_year, type AS kind FROM result__organisation_year
    WHERE type <> sector
)
SELECT place.place, kind.kind, place.organisation_id, place.fiscal_year
FROM place
JOIN kind ON kind.organisation_id = place.organisation_id AND kind.fiscal_year = place.fiscal_year;
