-- title: ผลต่างระหว่างปีที่พิมพ์ไม่ตรงกับคะแนนสองปี
-- severity: high
SELECT
    c.organisation_id,
    c.fiscal_year,
    now.part,
    c.source_id,
    c.source_row,
    c.change AS value,
    now.value - before.value AS expected,
    FORMAT(
        'แหล่งข้อมูลพิมพ์ว่าคะแนนเปลี่ยนไป {:+.2f} จากปี {} แต่คะแนนสองปีต่างกัน {:+.2f}',
        c.change, c.from_year, now.value - before.value
    ) AS message_th
FROM printed_change AS c
JOIN edition AS e ON e.fiscal_year = c.fiscal_year
JOIN part_value__organisation_year AS now
    ON now.organisation_id = c.organisation_id AND now.fiscal_year = c.fiscal_year
    AND now.level = 'overall' AND now.respondents = 'all'
JOIN part_value__organisation_year AS before
    ON before.organisation_id = c.organisation_id AND before.fiscal_year = c.from_year
    AND before.level = 'overall' AND before.respondents = 'all'
WHERE ROUND(ABS(c.change - (now.value - before.value)), 6) > e.tolerance
