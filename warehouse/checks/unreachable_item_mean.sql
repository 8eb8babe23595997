-- title: ค่าเฉลี่ยรายข้อที่จำนวนผู้ตอบใด ๆ ให้ไม่ได้
-- severity: medium
-- Answers step by answer_step points, so with n respondents an item's mean is a multiple of answer_step / n.
-- One n (up to 200) answers all items of a respondent group of an instrument. Where no n fits every item but one n
-- fits all of them save one, that one is unlikely to be printed as it was computed.
WITH answered AS (
    SELECT
        s.organisation_id, s.fiscal_year, s.part, s.respondents, s.source_id, s.source_row,
        p.instrument, p.answer_step, s.value
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part AND p.level = 'item'
    WHERE p.scale <> 'binary'
),
respondent_count AS (
    SELECT CAST(n AS INTEGER) AS n FROM GENERATE_SERIES(1, 200) AS series (n)
),
nearest AS (
    SELECT
        a.organisation_id, a.fiscal_year, a.part, a.respondents, a.instrument, a.source_id, a.source_row, a.value,
        c.n, ROUND(ROUND(a.value * c.n / a.answer_step) * a.answer_step / c.n, 2) AS reachable
    FROM answered AS a
    CROSS JOIN respondent_count AS c
),
fit AS (
    SELECT
        organisation_id, fiscal_year, instrument, respondents, n, COUNT(*) AS n_items,
        COUNT(*) FILTER (WHERE ABS(value - reachable) > 0.0051) AS misfits
    FROM nearest
    GROUP BY organisation_id, fiscal_year, instrument, respondents, n
),
best AS (
    SELECT
        organisation_id, fiscal_year, instrument, respondents,
        MIN(misfits) AS misfits, ARG_MIN(n, misfits * 1000 + n) AS n
    FROM fit
    WHERE n_items >= 3
    GROUP BY organisation_id, fiscal_year, instrument, respondents
)
SELECT
    x.organisation_id,
    x.fiscal_year,
    x.part,
    x.source_id,
    x.source_row,
    x.value,
    x.reachable AS expected,
    FORMAT(
        'ข้อ {} (กลุ่มผู้ตอบ {}) พิมพ์ไว้ {:.2f} แต่ข้ออื่นทุกข้อของกลุ่มเดียวกันตรงกับผู้ตอบ {} คน ซึ่งให้ค่าใกล้ที่สุดเป็น {:.2f} อาจพิมพ์ผิด ระบบใช้ค่าที่เผยแพร่',
        x.part, UPPER(x.respondents), x.value, x.n, x.reachable
    ) AS message_th
FROM nearest AS x
JOIN best AS b
    ON b.organisation_id = x.organisation_id AND b.fiscal_year = x.fiscal_year
    AND b.instrument = x.instrument AND b.respondents = x.respondents AND b.n = x.n
WHERE b.misfits = 1 AND ABS(x.value - x.reachable) > 0.0051
