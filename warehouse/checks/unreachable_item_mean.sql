-- title: ค่าเฉลี่ยรายข้อที่จำนวนผู้ตอบใด ๆ ให้ไม่ได้
-- severity: medium
-- Answers step by answer_step points, so with n respondents an item's mean is a multiple of answer_step / n.
-- One n (up to 200) answers all items of a respondent group of an instrument. Where no n fits every item but one n
-- fits all of them save one, that one is unlikely to be printed as it was computed.
-- Which n fit a value is a mask of bits: n = 1 … 100 in one number, 101 … 200 in the next.
WITH answered AS (
    SELECT
        s.organisation_id, s.fiscal_year, s.part, s.respondents, s.source_id, s.source_row,
        p.instrument, p.answer_step, s.value
    FROM score AS s
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part AND p.level = 'item'
    WHERE p.scale <> 'binary'
),
respondent_count AS (
    SELECT
        CAST(n AS INTEGER) AS n,
        CASE WHEN n <= 100 THEN CAST(1 AS HUGEINT) << (n - 1) ELSE 0 END AS bit_to_100,
        CASE WHEN n > 100 THEN CAST(1 AS HUGEINT) << (n - 101) ELSE 0 END AS bit_to_200
    FROM GENERATE_SERIES(1, 200) AS series (n)
),
fitting AS (
    SELECT
        v.value, v.answer_step, SUM(c.bit_to_100) AS to_100, SUM(c.bit_to_200) AS to_200
    FROM (SELECT DISTINCT value, answer_step FROM answered) AS v
    JOIN respondent_count AS c
        ON ABS(v.value - ROUND(ROUND(v.value * c.n / v.answer_step) * v.answer_step / c.n, 2)) <= 0.0051
    GROUP BY v.value, v.answer_step
),
masked AS (
    SELECT a.*, COALESCE(f.to_100, 0) AS to_100, COALESCE(f.to_200, 0) AS to_200
    FROM answered AS a
    LEFT JOIN fitting AS f ON f.value = a.value AND f.answer_step = a.answer_step
),
unfit AS (
    SELECT organisation_id, fiscal_year, instrument, respondents
    FROM masked
    GROUP BY organisation_id, fiscal_year, instrument, respondents
    HAVING COUNT(*) >= 3 AND BIT_AND(to_100) = 0 AND BIT_AND(to_200) = 0
),
all_others AS (
    SELECT
        m.*,
        COALESCE(BIT_AND(m.to_100) OVER before, -1)
            & COALESCE(BIT_AND(m.to_100) OVER after, -1) AS others_to_100,
        COALESCE(BIT_AND(m.to_200) OVER before, -1)
            & COALESCE(BIT_AND(m.to_200) OVER after, -1) AS others_to_200
    FROM masked AS m
    SEMI JOIN unfit AS u
        ON u.organisation_id = m.organisation_id AND u.fiscal_year = m.fiscal_year
        AND u.instrument = m.instrument AND u.respondents = m.respondents
    WINDOW
        before AS (
            PARTITION BY m.organisation_id, m.fiscal_year, m.instrument, m.respondents ORDER BY m.part, m.source_row
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        after AS (
            PARTITION BY m.organisation_id, m.fiscal_year, m.instrument, m.respondents ORDER BY m.part, m.source_row
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        )
),
alone AS (
    SELECT
        o.organisation_id, o.fiscal_year, o.part, o.respondents, o.source_id, o.source_row, o.value, c.n,
        ROUND(ROUND(o.value * c.n / o.answer_step) * o.answer_step / c.n, 2) AS reachable,
        ROW_NUMBER() OVER (
            PARTITION BY o.organisation_id, o.fiscal_year, o.instrument, o.respondents ORDER BY c.n
        ) AS place
    FROM all_others AS o
    JOIN respondent_count AS c ON o.others_to_100 & c.bit_to_100 <> 0 OR o.others_to_200 & c.bit_to_200 <> 0
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
FROM alone AS x
WHERE x.place = 1
