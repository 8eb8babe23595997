"""The simulated bodies: how many of which type where, what they are called, and in which years they live.

Types and provinces follow `reference/body_counts.csv`. Every name has จำลอง right behind its type, then three
syllables that no name of the register puts together. One real body is called just จำลอง, so no simulated name
is that word alone.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ita_data import organisation

MARK = "จำลอง"
"""What stands in every simulated name, right behind the type."""
COUNTS_FILE = organisation.REFERENCE_FOLDER / "body_counts.csv"

SYLLABLES_FILE = organisation.REFERENCE_FOLDER / "simulated_syllables.csv"
NAMES = 100_000
"""How many different names three syllables of the file give: 40 × 50 × 50."""

# Shares of bodies, read off the register of 2563: 7,850 bodies share 6,707 full names, 80 of them twice in a
# province; upgrades, new and vanished bodies and missing years are assumed.
_SAME_NAME_ELSEWHERE = 0.17
_SAME_NAME_IN_PROVINCE = 0.013
_SAME_NAME_OF_OTHER_TYPE = 0.04
_UPGRADED = {"sao": ("thesaban_tambon", 0.010), "thesaban_tambon": ("thesaban_mueang", 0.006)}
_FOUNDED = 0.004
_VANISHED = 0.004
_YEAR_MISSING = 0.006
_BODIES_IN_DISTRICT = 9

Text = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Bodies:
    """All simulated bodies, in the order of their ids.

    ``type_before`` holds until the year before ``upgrade_year`` (index into the years, the number of years
    where there is none), ``type`` from then on. ``district`` and ``province_iso`` are None where a type has
    none. ``present`` is bodies × years: assessed in that year.
    """

    ids: Text
    type_before: Text
    type: Text
    upgrade_year: npt.NDArray[np.int64]
    name: Text
    district: Text
    province_iso: Text
    present: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def types_in(self, year: int) -> Text:
        """Return the bodies' types in a year, by the year's index."""
        return np.where(year < self.upgrade_year, self.type_before, self.type)

    def full_names(self) -> list[str]:
        """Return the full names with the latest type."""
        return [organisation.full_name(kind, name) for kind, name in zip(self.type, self.name, strict=True)]


@cache
def _syllables() -> tuple[tuple[str, ...], ...]:
    """Return the syllables that stand first, second and third in a name."""
    with SYLLABLES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(tuple(row["syllable"] for row in rows if row["position"] == place) for place in "123")


def name(number: int) -> str:
    """Return the simulated name of a number from 0 to NAMES - 1, a different one for each."""
    first, second, third = _syllables()
    rest, at = divmod(number, len(first))
    return MARK + first[at] + second[rest % len(second)] + third[rest // len(second)]


def district_name(number: int) -> str:
    """Return a simulated district's name, without อำเภอ; 2,000 numbers in a row have different ones."""
    first, second, _ = _syllables()
    rest, at = divmod(number, len(first))
    return MARK + first[at] + second[rest % len(second)]


def read_counts(path: Path = COUNTS_FILE) -> list[tuple[str, str | None, int]]:
    """Return type, province (ISO code, None where the type lies in no province) and number of bodies."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row["type"], row["province_iso"] or None, int(row["bodies"])) for row in csv.DictReader(lines)
        ]


def make(count: int, years: int, rng: np.random.Generator) -> Bodies:
    """Return ``count`` bodies over a number of years.

    At the number of bodies the counts add up to, every type and province has exactly its own; any other
    number is a systematic sample of them, in proportion. The bodies are then shuffled, so that any run of ids
    is a random sample. Raises ValueError for more bodies than there are names.
    """
    if not 1 <= count <= NAMES:
        raise ValueError(f"จำนวนหน่วยงานต้องอยู่ระหว่าง 1 ถึง {NAMES:,}")
    counts = read_counts()
    edges = np.cumsum([bodies for _, _, bodies in counts])
    cell = np.searchsorted(edges, (np.arange(count) + 0.5) * edges[-1] / count, side="right")
    cell = rng.permutation(cell)
    kind = np.array([kind for kind, _, _ in counts], dtype=object)[cell]
    province = np.array([iso for _, iso, _ in counts], dtype=object)[cell]
    district = _districts(kind, province, rng)
    later, upgrade_year = _upgrades(kind, years, rng)
    return Bodies(
        ids=np.array([f"sim-{number:06}" for number in range(1, count + 1)], dtype=object),
        type_before=kind,
        type=later,
        upgrade_year=upgrade_year,
        name=_names(later, province, district, rng),
        district=district,
        province_iso=province,
        present=_lives(count, years, rng),
    )


def _districts(kind: Text, province: Text, rng: np.random.Generator) -> Text:
    """Give every local body a district of its province; as many districts as bodies_in_district asks."""
    types = organisation.load_types()
    local = np.array([types[one].sector == "lao" and types[one].position > 1 for one in kind])
    district = np.full(len(kind), None, dtype=object)
    isos = sorted({iso for iso in province[local] if iso})
    for place, iso in enumerate(isos):
        here = np.flatnonzero(local & (province == iso))
        names = [district_name(place * 37 + number) for number in range(_district_count(len(here)))]
        district[here] = np.array(names, dtype=object)[rng.integers(len(names), size=len(here))]
    return district


def _district_count(bodies: int) -> int:
    return max(1, round(bodies / _BODIES_IN_DISTRICT))


def _upgrades(kind: Text, years: int, rng: np.random.Generator) -> tuple[Text, npt.NDArray[np.int64]]:
    """Return the later types and the index of the year they begin, ``years`` where nothing changes."""
    later = kind.copy()
    upgrade_year = np.full(len(kind), years)
    for before, (after, share) in _UPGRADED.items():
        rise = (kind == before) & (rng.random(len(kind)) < share)
        later[rise] = after
        upgrade_year[rise] = rng.integers(2, years, size=int(rise.sum()))
    return later, upgrade_year


def _names(kind: Text, province: Text, district: Text, rng: np.random.Generator) -> Text:
    """Name the bodies: mostly each its own name, some another's, as in life.

    Within one district no two bodies of a type share a name: the register knows none either.
    """
    own = rng.permutation(NAMES)[: len(kind)]
    number = own.copy()
    draw = rng.random(len(kind))
    everywhere = np.flatnonzero(draw < _SAME_NAME_ELSEWHERE)
    number[everywhere] = own[_another(kind, everywhere, rng)]
    place = pd.Series(province).fillna("").to_numpy(dtype=object)
    for share, group in (
        (_SAME_NAME_IN_PROVINCE, kind + place),
        (_SAME_NAME_OF_OTHER_TYPE, place + pd.Series(district).fillna("").to_numpy(dtype=object)),
    ):
        some = np.flatnonzero((draw > 1 - share) & (place != ""))
        draw[some] = 0.5  # a body takes another's name once
        number[some] = own[_another(group, some, rng)]
    while (copied := _doubles(kind, number, province, district) & (number != own)).any():
        number[copied] = own[copied]
    return np.array([_lead(one) + name(int(at)) for one, at in zip(kind, number, strict=True)], dtype=object)


def _doubles(
    kind: Text, number: npt.NDArray[np.int64], province: Text, district: Text
) -> npt.NDArray[np.bool_]:
    """Return which bodies share type, name, province and district with another."""
    keys = pd.DataFrame({"kind": kind, "number": number, "province": province, "district": district})
    return keys.duplicated(keep=False).to_numpy()


def _lead(kind: str) -> str:
    """Return what a name of the type begins with where its full name has no written form of the type."""
    one = organisation.load_types()[kind]
    return "" if one.prefixes_th else one.short_th


def _another(group: Text, which: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return for each of ``which`` a body of its group, maybe itself."""
    codes, _ = pd.factorize(pd.Series(group))
    order = np.argsort(codes, kind="stable")
    start = np.searchsorted(codes[order], codes[which], side="left")
    end = np.searchsorted(codes[order], codes[which], side="right")
    return np.asarray(order[start + (rng.random(len(which)) * (end - start)).astype(np.int64)])


def _lives(count: int, years: int, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Return bodies × years: a few are founded, vanish or miss a year; all have one year at least."""
    year = np.arange(years)
    first = np.where(rng.random(count) < _FOUNDED, rng.integers(1, years, size=count), 0)
    last = np.where(rng.random(count) < _VANISHED, rng.integers(0, years - 1, size=count), years - 1)
    last = np.maximum(first, last)
    alive = (first[:, None] <= year) & (year <= last[:, None])
    present = alive & (rng.random((count, years)) >= _YEAR_MISSING)
    nothing = ~present.any(axis=1)
    present[nothing] = alive[nothing]
    return np.asarray(present)


def table(bodies: Bodies, years: list[int]) -> pd.DataFrame:
    """Return the rows of `organisations`."""
    types = organisation.load_types()
    notes: list[Any] = [
        None if at == len(years) else f"ยกฐานะจาก{types[before].name_th}ในปี {years[at]}"
        for before, at in zip(bodies.type_before, bodies.upgrade_year, strict=True)
    ]
    return pd.DataFrame(
        {
            "organisation_id": bodies.ids,
            "type": bodies.type,
            "name_th": bodies.name,
            "full_name_th": bodies.full_names(),
            "district_th": bodies.district,
            "province_iso": bodies.province_iso,
            "note_th": notes,
        }
    )
