"""Writes the simulated panel as a dataset folder: one Parquet file per table of the warehouse's schema.

The scores are drawn and written year by year, a few thousand bodies at a time, so that memory does not grow
with the panel. The same seed and number of bodies give the same files, byte by byte.
"""

import csv
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from ita_data import organisation
from ita_data.edition import FULL_SCORE, Edition, load_editions
from ita_data.simulate import bodies as people
from ita_data.simulate import errors, measures, model
from ita_data.simulate import tree as trees_of
from ita_data.simulate.tree import Float, Tree, rounded

DATASET_TH = "ข้อมูลจำลองทั้งประเทศ"
BODIES = 8_300
SEED = 2568

_CHUNK = 10_000  # bodies drawn at once; the first chunk is what the model is calibrated on
_SECOND_SOURCE = "sim-press"
_DOCUMENT = "sim-document"
_SUMMARY = "sim-summary"
_ASSUMED_NOTE = "จำลองโดยเฉลี่ยข้อเท่ากันตามการแบ่งข้อที่ยังไม่ยืนยัน"

Codes = npt.NDArray[np.int64]
Progress = Callable[[float, str], None]
Row = Mapping[str, object]


@dataclass(frozen=True)
class YearFit:
    """How near a year came: bodies, mean (points), share at the pass mark (percent) with their targets.

    ``indicators`` are by code the target and the mean reached.
    """

    fiscal_year: int
    n: int
    mean: float
    target_mean: float
    share: float
    target_share: float | None
    indicators: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """What was written: the number of bodies and scores, the fit of every year, the errors on purpose."""

    folder: Path
    bodies: int
    scores: int
    years: tuple[YearFit, ...]
    errors: tuple[errors.Seeded, ...]


def simulate(
    out: Path,
    *,
    seed: int = SEED,
    bodies: int = BODIES,
    progress: Progress = lambda share, message: None,
) -> Panel:
    """Write the panel into the folder ``out``, made where there is none.

    Raises ValueError, in Thai, for a number of bodies that cannot be simulated.
    """
    out.mkdir(parents=True, exist_ok=True)
    progress(0.0, "เตรียมหน่วยงานจำลอง")
    return _Writer(out, seed, bodies, progress).write()


class _Writer:
    """One run: what all years share, and the rows of the small tables as they come up."""

    def __init__(self, out: Path, seed: int, count: int, progress: Progress) -> None:
        self.out, self.seed, self.count, self.progress = out, seed, count, progress
        self.editions = load_editions()
        self.years = sorted(model.read_pattern())
        self.trees = {year: _tree(self.editions, year) for year in self.years}
        self.bodies = people.make(count, len(self.years), self.rng(0))
        self.chosen = errors.choose(self.bodies)
        self.bodies.province_iso[self.chosen["no_province"]] = None
        self.z = model.standings(self.bodies, len(self.years), self.rng(1))
        self.difficulty = model.difficulties(list(self.trees.values()), self.rng(2))
        self.measures = measures.begin(count, len(self.years), self.rng(3))
        self.overall = np.full((count, len(self.years)), np.nan)  # as printed
        self.grades: list[pd.DataFrame] = []
        self.groups: list[Row] = []
        self.summary: list[Row] = []
        self.fits: list[YearFit] = []
        self.scores = 0

    def rng(self, *key: int) -> np.random.Generator:
        """Return the generator of a purpose: always the same, whatever was drawn before."""
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))

    def write(self) -> Panel:
        targets = model.read_targets(self.trees)
        pass_marks = {year: self.pass_mark(year) for year in self.years}
        self.progress(0.05, "ปรับแบบจำลองให้ตรงกับค่าระดับประเทศที่เผยแพร่")
        fits = model.calibrate({year: self.draw(year, 0)[1] for year in self.years}, targets, pass_marks)
        with pq.ParquetWriter(self.out / "scores.parquet", _SCHEMA, compression="zstd") as file:
            for number, year in enumerate(self.years):
                self.progress(0.3 + 0.6 * number / len(self.years), f"สร้างคะแนนจำลองปี {year}")
                self.year(year, fits[year], targets[year], file)
        self.progress(0.9, "เขียนตารางประกอบ")
        seeded = errors.findings(self.bodies, self.chosen)
        self.small_tables(seeded)
        self.progress(1.0, "ข้อมูลจำลองพร้อมใช้")
        return Panel(self.out, self.count, self.scores, tuple(self.fits), tuple(seeded))

    def pass_mark(self, year: int) -> float:
        mark = self.editions[year].pass_mark
        assert mark is not None, "a year of the pattern has a pass mark"
        return mark

    def draw(self, year: int, chunk: int) -> tuple[Codes, model.Draw]:
        """Return the places of a chunk's bodies assessed in a year, and their noise."""
        at = self.years.index(year)
        here = np.flatnonzero(self.bodies.present[chunk * _CHUNK : (chunk + 1) * _CHUNK, at]) + chunk * _CHUNK
        tree = self.trees[year]
        draw = model.Draw(tree, self.z[here, at], self.difficulty, self.rng(4, year, chunk))
        for row in errors.here(year, self.chosen, _rows(here)).items():
            if row[0] == "impossible_mean":
                survey = [group == "survey" for _, group in tree.leaves]
                draw.respondents[row[1], survey] = errors.RESPONDENTS
        return here, draw

    def year(self, year: int, fit: model.Fit, target: model.Target, file: pq.ParquetWriter) -> None:
        """Draw and write a year, and note what the small tables say of it."""
        tree, at = self.trees[year], self.years.index(year)
        provinces = organisation.province_isos()
        sums = _Sums(sorted(provinces.values()), [*tree.indicator_columns.tolist(), tree.overall_column])
        for chunk in range(-(-self.count // _CHUNK)):
            here, draw = self.draw(year, chunk)
            values, extras = self.values(year, here, draw, fit)
            self.overall[here, at] = values[:, tree.overall_column]
            sums.add(self.bodies.province_iso[here], values)
            self.note_grades(year, here, values)
            self.note_measures(year, here, values)
            table = _score_table(year, self.bodies.ids[here], values, tree, extras)
            file.write_table(table)
            self.scores += table.num_rows
        self.note_year(year, target, sums)

    def values(
        self, year: int, here: Codes, draw: model.Draw, fit: model.Fit
    ) -> tuple[Float, list[errors.Extra]]:
        """Return the printed values of bodies × columns, errors and all, and the rows beside them."""
        tree = self.trees[year]
        steps, most = draw.steps(fit), draw.most()
        _untie(steps, most, tree)
        values = FULL_SCORE * steps / most @ tree.weights
        rows = errors.here(year, self.chosen, _rows(here))
        extras = errors.edit(values, tree, self.editions[year], rows)
        return rounded(values), extras

    def note_grades(self, year: int, here: Codes, values: Float) -> None:
        tree, scale = self.trees[year], self.editions[year].grades
        overall = values[:, tree.overall_column]
        lowest = values[:, tree.instrument_columns].min(axis=1)
        reached = [
            (overall >= one.overall_at_least) & (lowest >= (one.instruments_at_least or 0)) for one in scale
        ]
        names = [one.name_th for one in scale]
        grades = np.array(names, dtype=object)[np.argmax(reached, axis=0)]
        for error, row in errors.here(year, self.chosen, _rows(here)).items():
            if error == "wrong_grade":
                grades[row] = errors.misgrade(names, grades[row])
            elif error == "letter_after_letters":
                grades[row] = "AA"
        self.grades.append(
            pd.DataFrame(
                {
                    "organisation_id": self.bodies.ids[here],
                    "fiscal_year": year,
                    "printed_grade": grades,
                    "source_id": _source(year),
                    "source_row": _source_rows(self.bodies.ids[here]),
                }
            )
        )

    def note_measures(self, year: int, here: Codes, values: Float) -> None:
        tree, at = self.trees[year], self.years.index(year)
        rows = _rows(here)
        for place in sorted(rows.keys() & self.measures.years_of.keys()):
            if at in self.measures.years_of[place]:
                scores = values[rows[place], tree.indicator_columns].tolist()
                self.measures.add(
                    str(self.bodies.ids[place]),
                    year,
                    dict(zip(tree.indicators, scores, strict=True)),
                    self.rng(5, year, place),
                )

    def note_year(self, year: int, target: model.Target, sums: "_Sums") -> None:
        tree, at = self.trees[year], self.years.index(year)
        overall = self.overall[:, at][~np.isnan(self.overall[:, at])]
        passed = int((overall >= self.pass_mark(year)).sum())
        means = sums.total[:-1] / len(overall)
        self.fits.append(
            YearFit(
                fiscal_year=year,
                n=len(overall),
                mean=float(overall.mean()),
                target_mean=target.mean,
                share=FULL_SCORE * passed / len(overall),
                target_share=target.share,
                indicators={
                    code: (float(aim), float(mean))
                    for code, aim, mean in zip(tree.indicators, target.indicators, means, strict=True)
                },
            )
        )
        self.summary.append(
            {
                "fiscal_year": year,
                "n_organisations": len(overall),
                "mean_overall": round(float(overall.mean()), 2),
                "n_passed": passed,
                "share_passed": round(FULL_SCORE * passed / len(overall), 2),
                "source_id": _SUMMARY,
                "source_row": f"ปี {year}",
                "note_th": "ข้อมูลจำลอง คำนวณจากหน่วยงานจำลองทั้งหมด",
            }
        )
        names = {iso: name for name, iso in organisation.province_isos().items()}
        for iso, n, row in sums.means():
            for column, value in zip(sums.columns, row, strict=True):
                self.groups.append(
                    {
                        "group_kind": "province",
                        "group_code": iso,
                        "group_name_th": names[iso],
                        "fiscal_year": year,
                        "part": tree.columns[column][0],
                        "value": float(rounded(np.array(value))),
                        "n": n,
                        "source_id": _SUMMARY,
                        "source_row": f"{iso} ปี {year}",
                    }
                )

    def small_tables(self, seeded: Sequence[errors.Seeded]) -> None:
        bodies, ids = self.bodies, self.bodies.ids
        self.save("organisations", people.table(bodies, self.years))
        self.save("organisation_years", self.types_by_year())
        self.save("sources", self.sources())
        self.save("printed_grades", pd.concat(self.grades, ignore_index=True))
        self.save("printed_changes", self.changes())
        self.save("group_scores", self.groups)
        self.save("national_summary", self.summary)
        self.save("measures", self.measures.measures)
        self.save("measure_indicators", self.measures.indicators)
        self.save("measure_results", self.measures.results)
        named, other = self.chosen["another_name"], self.chosen["no_province"]
        full_names = bodies.full_names()
        printed = [(named, full_names[named], 1), (named, full_names[other], 2)]
        self.save(
            "source_names",
            [
                {
                    "organisation_id": ids[place],
                    "source_id": _DOCUMENT,
                    "source_row": f"บรรทัด {line}",
                    "printed_name": name,
                }
                for place, name, line in printed
            ],
        )
        self.save("unresolved", [self.unresolved(full_names)])
        with (self.out / "seeded_errors.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, [one.name for one in fields(errors.Seeded)], lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(asdict, seeded))

    def save(self, name: str, rows: pd.DataFrame | Iterable[Row]) -> None:
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
        frame.to_parquet(self.out / f"{name}.parquet", compression="zstd", index=False)

    def sources(self) -> list[Row]:
        about = f"จำลองจากเลขตั้งต้น {self.seed} จำนวน {self.count:,} หน่วยงาน"
        titles = {
            **{_source(year): ("report", f"ผลการประเมินจำลอง ปี {year}") for year in self.years},
            _SUMMARY: ("report", "สรุปผลจำลองระดับประเทศและจังหวัด"),
            _SECOND_SOURCE: ("press", "ข่าวจำลอง"),
            _DOCUMENT: ("document", "เอกสารจำลองของหน่วยงาน"),
            measures.SOURCE: ("document", "มาตรการจำลองของหน่วยงาน"),
        }
        return [
            {
                "source_id": source_id,
                "kind": kind,
                "title_th": f"ข้อมูลจำลอง · {title}",
                "publisher_th": "ข้อมูลจำลอง ไม่มีผู้เผยแพร่",
                "locator": about,
                "confidence": "ข้อมูลจำลอง",
            }
            for source_id, (kind, title) in titles.items()
        ]

    def types_by_year(self) -> pd.DataFrame:
        return pd.concat(
            [
                pd.DataFrame(
                    {
                        "organisation_id": self.bodies.ids[here],
                        "fiscal_year": year,
                        "type": self.bodies.types_in(at)[here],
                    }
                )
                for at, year in enumerate(self.years)
                for here in [np.flatnonzero(self.bodies.present[:, at])]
            ],
            ignore_index=True,
        )

    def changes(self) -> pd.DataFrame:
        """Return the change of the last year that every body with both years prints."""
        before, now = self.years[-2:]
        change = self.overall[:, -1] - self.overall[:, -2]
        change[self.chosen["wrong_change"]] += 1.0
        here = np.flatnonzero(~np.isnan(change))
        return pd.DataFrame(
            {
                "organisation_id": self.bodies.ids[here],
                "fiscal_year": now,
                "from_year": before,
                "change": np.round(change[here], 2),
                "source_id": _source(now),
                "source_row": _source_rows(self.bodies.ids[here]),
            }
        )

    def unresolved(self, full_names: Sequence[str]) -> Row:
        """Return a figure for a name that two bodies have, or, among few bodies, none."""
        repeated = pd.Series(full_names)
        names = repeated[repeated.duplicated()].tolist() or [
            organisation.full_name("sao", f"{people.MARK}ไม่ทราบที่ตั้ง")
        ]
        return {
            "name_th": names[0],
            "fiscal_year": errors.UNRESOLVED_YEAR,
            "part": "overall",
            "value": 88.12,
            "why_th": "มีหน่วยงานจำลองชื่อนี้ไม่ใช่แห่งเดียว และแหล่งข้อมูลไม่บอกที่ตั้ง",
            "source_id": _SECOND_SOURCE,
            "source_row": "ย่อหน้า 1",
        }


class _Sums:
    """Sums of some columns over all bodies and over those of every province."""

    def __init__(self, isos: Sequence[str], columns: Sequence[int]) -> None:
        self.isos, self.columns = list(isos), list(columns)
        self.total = np.zeros(len(columns))
        self._sums = np.zeros((len(isos), len(columns)))
        self._counts = np.zeros(len(isos), dtype=np.int64)

    def add(self, province: people.Text, values: Float) -> None:
        wanted = values[:, self.columns]
        self.total += wanted.sum(axis=0)
        place = {iso: at for at, iso in enumerate(self.isos)}
        known = np.array([iso is not None for iso in province], dtype=bool)
        at = np.array([place[iso] for iso in province[known]], dtype=np.int64)
        np.add.at(self._sums, at, wanted[known])
        np.add.at(self._counts, at, 1)

    def means(self) -> Iterable[tuple[str, int, Float]]:
        for iso, n, row in zip(self.isos, self._counts.tolist(), self._sums, strict=True):
            if n:
                yield iso, n, row / n


def _tree(editions: Mapping[int, Edition], year: int) -> Tree:
    """Return the tree of a year; where its items are unknown, the next year's measure it unseen."""
    itemised = [
        one
        for one in sorted(editions)
        if one >= year and any(part.level == "item" for part in editions[one].parts.values())
    ]
    return trees_of.read(editions[year], editions[itemised[0]])


def _untie(steps: Float, most: Float, tree: Tree) -> None:
    """Change an answer here and there until no two indicators of a body are printed equal between 0 and 100.

    In life that happens by chance and is a hint that a figure was copied; here only a seeded error is to be
    found. ``steps`` is changed in place, a survey's by one step, else an item looked up on the website.
    """
    rows = np.arange(len(steps))
    leaves_of = [np.flatnonzero(tree.indicator == one) for one in range(len(tree.indicators))]
    turn = 0
    while len(rows):
        values = rounded(FULL_SCORE * steps[rows] / most[rows] @ tree.of_indicators)
        equal = (values[:, :, None] == values[:, None, :]) & ((values > 0) & (values < FULL_SCORE))[
            :, :, None
        ]
        first = np.triu(equal, 1).any(axis=2)  # equal to one further right: surveys stand first
        tied = first.any(axis=1)
        rows = rows[tied]
        for row, indicator in zip(rows.tolist(), first[tied].argmax(axis=1).tolist(), strict=True):
            leaf = leaves_of[indicator][turn % len(leaves_of[indicator])]
            steps[row, leaf] += (
                -1 if steps[row, leaf] > 0 else 1
            )  # mostly one way, so that it comes to an end
        turn += 1


def _rows(here: Codes) -> dict[int, int]:
    """Return the row of every body by its place."""
    return {place: row for row, place in enumerate(here.tolist())}


def _source(year: int) -> str:
    return f"sim-{year}"


def _source_rows(ids: people.Text) -> list[str]:
    return [f"แถว {one.removeprefix('sim-').lstrip('0')}" for one in ids]


_TEXT = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [
        ("organisation_id", _TEXT),
        ("fiscal_year", pa.int32()),
        ("part", _TEXT),
        ("respondents", _TEXT),
        ("value", pa.float64()),
        ("stands", pa.bool_()),
        ("source_id", _TEXT),
        ("source_row", _TEXT),
        ("note_th", _TEXT),
    ]
)


def _score_table(
    year: int, ids: people.Text, values: Float, tree: Tree, extras: Sequence[errors.Extra]
) -> pa.Table:
    """Return the rows of scores of a year's bodies, by body, part and respondents."""
    keys = sorted({*tree.columns, *((one.part, one.respondents) for one in extras)})
    width = len(tree.columns)
    body = np.repeat(np.arange(len(ids)), width)
    key = np.tile([keys.index(column) for column in tree.columns], len(ids))
    points, stands, second = values.ravel(), np.ones(values.size, bool), np.zeros(values.size, bool)
    # Beside its own column where there is one, else where it belongs in the order.
    at = [one.row * width + bisect_left(tree.columns, (one.part, one.respondents)) for one in extras]
    body = np.insert(body, at, [one.row for one in extras])
    key = np.insert(key, at, [keys.index((one.part, one.respondents)) for one in extras])
    points = np.insert(points, at, [rounded(np.array(one.value)) for one in extras])
    stands = np.insert(stands, at, [one.stands for one in extras])
    second = np.insert(second, at, [one.source == errors.SECOND_SOURCE for one in extras])
    noted = np.array(
        [key in tree.columns and tree.rests_on_assumption[tree.columns.index(key)] for key in keys]
    )

    def text(codes: Codes, words: Sequence[str], absent: npt.NDArray[np.bool_] | None = None) -> pa.Array:
        distinct = sorted(set(words))  # a Parquet dictionary must not name a word twice
        place = {word: at for at, word in enumerate(distinct)}
        places = np.array([place[word] for word in words], dtype=np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(places[codes], mask=absent), pa.array(distinct))

    columns = [
        text(body, ids.tolist()),
        pa.array(np.full(len(body), year, np.int32)),
        text(key, [part for part, _ in keys]),
        text(key, [respondents for _, respondents in keys]),
        pa.array(points),
        pa.array(stands),
        text(second.astype(np.int64), [_source(year), _SECOND_SOURCE]),
        text(body, _source_rows(ids)),
        text(np.zeros(len(body), np.int64), [_ASSUMED_NOTE], ~noted[key]),
    ]
    return pa.Table.from_arrays(columns, schema=_SCHEMA)
