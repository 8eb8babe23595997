-- uses: member, pair
ranked AS (
    SELECT
        p.*, m.label_th, m.name_order,
        RANK() OVER (ORDER BY CAST(p.change AS DECIMAL(12, 6)) DESC) AS rank,
        ROW_NUMBER() OVER (ORDER BY CAST(p.change AS DECIMAL(12, 6)) DESC, m.name_order) AS row_no,
        COUNT(*) OVER () AS n
    FROM pair AS p
    JOIN member AS m ON m.organisation_id = p.organisation_id AND m.fiscal_year = $to_year
)
SELECT
    r.organisation_id, r.label_th, v.name_th AS province_th, r.value_from, r.value_to, r.change,
    'published' AS basis_from, 'published' AS basis_to, r.rank, r.row_no, r.n
FROM ranked AS r
JOIN organisation AS o ON o.organisation_id = r.organisation_id
LEFT JOIN province AS v ON v.iso = o.province_iso
WHERE r.row_no BETWEEN $first AND $last
ORDER BY r.row_no
