"""Figures: what was measured, beside what it was aimed at; as JSON, as text and in the documents."""

import json
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = ("streamlit", "duckdb", "pandas", "plotly")


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``value`` is compared with the aim: at most ``aim``, or at least where ``at_least``; without an aim it is
    only told. ``of`` says which of several it is the worst of, ``detail`` holds them all.
    """

    row: str
    what: str
    value: float
    unit: str = ""
    aim: float | None = None
    at_least: bool = False
    of: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def median(values: Sequence[float]) -> float:
    """The median; a ValueError without values."""
    if not values:
        raise ValueError("nothing was measured")
    return statistics.median(values)


def ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """The median of one side ÷ the median of the other.

    Of medians, not the median of ratios: a pair in which one side was disturbed counts no more than others.
    """
    return median(values) / median(others)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0–1] of the values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def worst(row: str, what: str, values: Mapping[str, float], **about: object) -> Figure:
    """The figure of the worst of several: the highest, or the lowest where the aim is a least."""
    pick = min if about.get("at_least") else max
    name = pick(values, key=lambda one: values[one])
    detail = {one: round(value, 3) for one, value in values.items()}
    extra = about.pop("detail", None)
    if extra is not None:
        detail = {"values": detail, **extra}  # type: ignore[dict-item]
    return Figure(row, what, values[name], of=name, detail=detail, **about)  # type: ignore[arg-type]


def spelt(value: float, unit: str) -> str:
    """A value as people read it."""
    digits = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    digits = 3 if 0 < abs(value) < 0.1 else digits
    return f"{value:,.{digits}f}{' ' + unit if unit else ''}"


def aim_of(one: Figure) -> str:
    if one.aim is None:
        return "–"
    return f"{'≥' if one.at_least else '≤'} {spelt(one.aim, one.unit)}"


def markdown(figures: Sequence[Figure], about: Mapping[str, object]) -> str:
    """The table of the documents, under the machine and the versions it was measured with."""
    lines = [", ".join(f"{name} {value}" for name, value in about.items()) + ".", ""]
    lines += ["| | what | aim | measured | |", "| --- | --- | --- | --- | --- |"]
    for one in figures:
        verdict = {True: "met", False: "**missed**", None: ""}[one.met]
        of = f" ({one.of})" if one.of else ""
        lines.append(
            f"| {one.row} | {one.what} | {aim_of(one)} | {spelt(one.value, one.unit)}{of} | {verdict} |"
        )
    return "\n".join(lines)


def about(options: Mapping[str, object]) -> dict[str, object]:
    """Where and with what is measured."""
    return {
        "measured": f"{datetime.now():%Y-%m-%d %H:%M}",
        "machine": f"{platform.machine()}, {cpu_count()} cores, {platform.system()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        **options,
    }


def save(figures: Sequence[Figure], about: Mapping[str, object]) -> Path:
    """Write the JSON beside the other results."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "speed.json"
    rows = [asdict(one) | {"met": one.met} for one in figures]
    text = json.dumps({"about": dict(about), "figures": rows}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def into_document(text: str, table: str) -> str:
    """A document with what stands between the marks replaced by a table.

    Raises:
        ValueError: the document lacks the marks.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no {BEGIN} … {END} in the document")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"
