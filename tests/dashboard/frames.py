"""Small frames as the queries answer them, for tests of views and charts."""

from collections.abc import Sequence

import pandas as pd

from dashboard.selection import ALL, Group

GROUP = Group(ALL, ALL, "กลุ่มทดสอบ")
WICKED = '<b>อบต.</b> <a href="x">ทดสอบ</a> & อื่น ๆ'
PLAIN = '&lt;b&gt;อบต.&lt;/b&gt; &lt;a href="x"&gt;ทดสอบ&lt;/a&gt; &amp; อื่น ๆ'
BREAKS = pd.DataFrame(
    {"fiscal_year": [2562, 2566], "joined": [False, True], "reason_th": ["กรอบเดิม", "เปลี่ยนเกณฑ์ระดับ"]}
)


def results(overalls: Sequence[float | None], mark: float | None = 85.0) -> pd.DataFrame:
    """Rows of the query results: one body per overall, named อบต.ก, อบต.ข, … in name order."""
    n = len(overalls)
    overall = pd.Series(overalls, dtype=float)
    passed = overall.round(2).ge(mark if mark is not None else 0).astype("boolean")
    return pd.DataFrame(
        {
            "organisation_id": [f"body-{at}" for at in range(n)],
            "label_th": [f"อบต.{'กขคงจฉชซ'[at]} · จ.เลย" for at in range(n)],
            "full_name_th": [f"องค์การบริหารส่วนตำบล{'กขคงจฉชซ'[at]}" for at in range(n)],
            "district_th": ["เมือง"] * n,
            "province_th": ["เลย"] * n,
            "rank": overall.rank(method="min", ascending=False),
            "overall": overall,
            "overall_rounded": overall.round(2),
            "overall_basis": ["published"] * n,
            "grade_th": ["ผ่าน"] * n,
            "passed": passed.where(overall.notna() & (mark is not None)),
            "previous_overall": [None] * n,
            "overall_change": pd.Series([None] * n, dtype=float),
            "lowest_indicators": ["10"] * n,
            "lowest_value": [50.0] * n,
            "name_order": range(n),
        }
    )


def counts(overalls: Sequence[float | None], mark: float | None = 85.0) -> pd.Series:
    """The row of group_counts for the same bodies."""
    rows = results(overalls, mark)
    passed, known = rows["passed"].astype("boolean"), int(rows["overall"].notna().sum())
    return pd.Series(
        {
            "n_bodies": len(rows),
            "n_overall": known,
            "n_below": int((~passed.fillna(True)).sum()),
            "n_passed": int(passed.fillna(False).sum()),
            "n_no_overall": len(rows) - known,
            "n_changes": 0,
            "n_previous": 0,
            "n_districts": len(rows),
            "n_provinces": len(rows),
        }
    )


def now(overalls: Sequence[float | None], mark: float | None = 85.0) -> pd.Series:
    """The row of group_overall for the same bodies."""
    rows = results(overalls, mark)
    known = rows["overall"].dropna()
    judged = len(known) if mark is not None else 0
    passed = int(rows["passed"].fillna(False).sum())
    return pd.DataFrame(
        {
            "fiscal_year": [2567],
            "pass_mark": [mark],
            "n_bodies": [len(rows)],
            "n": [len(known)],
            "mean": [known.mean()],
            "median": [known.median()],
            "min": [known.min()],
            "max": [known.max()],
            "n_judged": [judged],
            "n_passed": [passed],
            "share_passed": [100 * passed / judged if judged else None],
            "target_share": [None],
            "target_confirmed": [None],
        }
    ).iloc[0]


def group_grades(rows: Sequence[tuple[int, str, int, int, str | None, int, float]]) -> pd.DataFrame:
    """Rows of group_grades: year, grade, position, first year of the scale, colour, n, share."""
    columns = ["fiscal_year", "grade_th", "position", "scale_from", "color", "n", "share"]
    return pd.DataFrame(rows, columns=columns)


def parts(n: int = 2) -> pd.DataFrame:
    """Rows of parts: one instrument and its indicators 1 to n."""
    return pd.DataFrame(
        {
            "part": ["IIT", *(str(at) for at in range(1, n + 1))],
            "name_th": ["ผู้มีส่วนได้ส่วนเสียภายใน", *(f"การทดสอบ {at}" for at in range(1, n + 1))],
            "level": ["instrument"] + ["indicator"] * n,
            "parent": ["overall"] + ["IIT"] * n,
            "position": range(n + 1),
        }
    )
