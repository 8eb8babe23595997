-- One indicator of a group in every year, with its sub-indicators, and of each of these parts the item right below or
-- within it with the lowest mean: the part's spread, the item with how many bodies have no point on it, and how many items are as low.
WITH item AS (
    SELECT
        g.fiscal_year AS fiscal_year,
        g.part AS item,
        p.name_th AS item_name_th,
        p.parent AS parent,
        g.position AS position,
        g.n AS n,
        g.n_zero AS n_zero,
        g.mean AS mean
    FROM item__group_year AS g
    JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
    WHERE g.place = $place AND g.kind = $kind AND g.respondents = 'all' AND p.indicator = $part
),
within AS (
    SELECT
        i.*, i.parent AS part
    FROM item AS i
    UNION ALL
    SELECT
        i.*, $part AS part
    FROM item AS i
    WHERE i.parent <> $part
),
numbered AS (
    SELECT
        w.*,
        ROW_NUMBER() OVER (
            PARTITION BY w.fiscal_year, w.part ORDER BY CAST(w.mean AS DECIMAL(12, 6)), w.position
        ) AS place,
        COUNT(*) OVER (PARTITION BY w.fiscal_year, w.part, CAST(w.mean AS DECIMAL(12, 6))) AS n_as_low
    FROM within AS w
)
SELECT
    g.fiscal_year AS fiscal_year,
    g.part AS part,
    p.name_th AS name_th,
    g.level AS level,
    p.split_confirmed AS split_confirmed,
    g.n AS n,
    g.mean AS mean,
    g.q1 AS q1,
    g.median AS median,
    g.q3 AS q3,
    x.item AS item,
    x.item_name_th AS item_name_th,
    x.n AS item_n,
    x.n_zero AS item_n_zero,
    x.mean AS item_mean,
    x.n_as_low AS n_as_low,
    g.position AS position
FROM part__group_year AS g
JOIN part AS p ON p.fiscal_year = g.fiscal_year AND p.code = g.part
LEFT JOIN numbered AS x ON x.fiscal_year = g.fiscal_year AND x.part = g.part AND x.place = 1
WHERE g.place = $place AND g.kind = $kind AND g.respondents = 'all'
    AND p.indicator = $part AND p.level IN ('indicator', 'sub_indicator')
ORDER BY fiscal_year DESC, position
