"""How the simulated scores come about, and how they are brought to the published national figures.

A body b has in year y a standing that persists,

    z[b, y] = √0.12 · province + √0.40 · body + type + √0.48 · a[b, y],   a[b, y] = 0.5 · a[b, y-1] + noise,

all of variance 1 apart from the type's own shift. In indicator k it is, on the logit scale,

    η[b, y, k] = location[y, k] + spread[y] · loading · (√0.8 · z[b, y] + √0.2 · noise[b, y, k]),

with loading 1 for what an assessor looks up on the website and 0.6 for surveys. From η every item is drawn:

    yes-or-no item:  100 where η + difficulty[item] + logistic noise > 0, else 0
    survey item:     p = logistic(η + difficulty[item] + group + 0.2 · noise); of n respondents, m steps each,
                     k = round(n·m·p + √(n·m·p·(1-p)) · noise), between 0 and n·m;  score = 100 · k / (n·m)

so a survey's score is a mean n respondents can give, and scores crowd under 100, which cuts persistent
differences as they near it. Everything above the items is their weighted mean (`tree`).

Calibration draws the noise first and keeps it, so that every mean grows with its location: for a given spread
the ten locations are found by fixed-point steps on the logit scale, and the spread by bisection until the
share at or above the pass mark is the published one. A year without a published share has the
spread of the year before.
"""

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ita_data import organisation
from ita_data.edition import ALL, FULL_SCORE
from ita_data.simulate.bodies import Bodies
from ita_data.simulate.tree import Float, Tree

PATTERN_FILE = organisation.REFERENCE_FOLDER / "indicator_pattern.csv"
SUMMARY_FILE = Path(organisation.__file__).with_name("published") / "national_summary.csv"

_PROVINCE, _BODY, _YEAR = 0.12, 0.40, 0.48  # shares of the variance of z
_CARRIED_OVER = 0.5
_SHARED = 0.8  # share of an indicator's variance that is z's
_LOADING_BINARY, _LOADING_SURVEY = 1.0, 0.6
_ITEM_NOISE = 0.2
_DIFFICULTY = 0.45
_GROUP_SHIFT = {ALL: 0.0, "public": -0.12, "survey": 0.12}
_TYPE_SHIFT = {
    "pao": 0.5,
    "thesaban_nakhon": 0.5,
    "thesaban_mueang": 0.35,
    "thesaban_tambon": 0.08,
    "sao": -0.08,
    "province_office": 0.4,
}
_OTHER_TYPE_SHIFT = 0.3

_SPREADS = (0.3, 2.0)  # beyond, a wider spread no longer moves bodies across the pass mark one way
_SPREAD_STEPS = 12
_LOCATION_STEPS = 40
_LOCATION_STEP = 1.3  # overshoots a little: noise makes a mean move less than its location
_CLOSE_ENOUGH = 0.02  # points


@dataclass(frozen=True)
class Target:
    """What a year must come to: points, and percent of bodies at the pass mark or above (None: unknown)."""

    mean: float
    share: float | None
    indicators: Float


@dataclass(frozen=True)
class Fit:
    """The solved parameters of a year: ``location`` by indicator and ``spread``, on the logit scale."""

    location: Float
    spread: float


def logit(points: Float) -> Float:
    """Return the log odds of points 0-100."""
    share = np.clip(points / FULL_SCORE, 1e-4, 1 - 1e-4)
    return np.log(share / (1 - share))


def logistic(log_odds: Float) -> Float:
    """Return the share 0-1 of log odds."""
    return 1 / (1 + np.exp(-log_odds))


def read_targets(trees: Mapping[int, Tree]) -> dict[int, Target]:
    """Return the targets of the years the indicator pattern has.

    Means known nationally stand; the others of the year are moved together on the logit scale until the
    weighted indicators give the published national mean.
    """
    with SUMMARY_FILE.open(encoding="utf-8", newline="") as lines:
        summary = {int(row["fiscal_year"]): row for row in csv.DictReader(lines)}
    targets = {}
    for year, rows in read_pattern().items():
        tree = trees[year]
        pattern = np.array([float(rows[code]["mean"]) for code in tree.indicators])
        held = np.array([rows[code]["scope"] == "national" for code in tree.indicators])
        mean, share = float(summary[year]["mean_overall"]), summary[year]["share_passed"]
        moved = _moved(pattern, held, tree.indicator_weights, mean)
        targets[year] = Target(mean, float(share) if share else None, moved)
    return targets


def _moved(pattern: Float, held: npt.NDArray[np.bool_], weights: Float, mean: float) -> Float:
    """Return the pattern, what is not held moved on the logit scale until the weighted mean is ``mean``."""

    def by(shift: float) -> Float:
        return np.where(held, pattern, FULL_SCORE * logistic(logit(pattern) + shift))

    return by(bisect(lambda shift: float(weights @ by(shift)) > mean, -3, 3, 40))


def read_pattern() -> dict[int, dict[str, dict[str, str]]]:
    """Return the rows of the indicator pattern by year and indicator."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    with PATTERN_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(int(row["fiscal_year"]), {})[row["indicator"]] = row
    return found


def bisect(too_high: Callable[[float], bool], low: float, high: float, steps: int) -> float:
    """Return where a condition that holds only above some point begins to hold, by halving low..high."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (low, middle) if too_high(middle) else (middle, high)
    return (low + high) / 2


def standings(bodies: Bodies, years: int, rng: np.random.Generator) -> Float:
    """Return z, bodies × years, as the module's formula has it."""
    provinces = {iso: place for place, iso in enumerate(sorted({iso for iso in bodies.province_iso if iso}))}
    effects = np.append(rng.standard_normal(len(provinces)), 0.0)  # the last: no province
    of_province = effects[[provinces.get(iso, -1) for iso in bodies.province_iso]]
    of_body = rng.standard_normal(len(bodies))
    noise = rng.standard_normal((years, len(bodies)))
    z = np.empty((len(bodies), years))
    carried = noise[0]
    for year in range(years):
        if year:
            carried = _CARRIED_OVER * carried + np.sqrt(1 - _CARRIED_OVER**2) * noise[year]
        of_type = np.array([_TYPE_SHIFT.get(kind, _OTHER_TYPE_SHIFT) for kind in bodies.types_in(year)])
        z[:, year] = (
            np.sqrt(_PROVINCE) * of_province + np.sqrt(_BODY) * of_body + np.sqrt(_YEAR) * carried + of_type
        )
    return z


def difficulties(trees: Sequence[Tree], rng: np.random.Generator) -> dict[str, float]:
    """Return how much easier (above 0) or harder an item is, by its name, for all years it is asked in."""
    names = sorted({name for tree in trees for name in tree.names})
    return dict(zip(names, (_DIFFICULTY * rng.standard_normal(len(names))).tolist(), strict=True))


class Draw:
    """The noise of one year for some bodies, drawn once, so that scores follow only from location and spread.

    ``z`` is their standing in that year; ``difficulty`` by item name; ``respondents``, where given, are fixed
    numbers of respondents by (row, leaf).
    """

    def __init__(
        self, tree: Tree, z: Float, difficulty: Mapping[str, float], rng: np.random.Generator
    ) -> None:
        rows, survey = len(z), ~tree.binary
        self.tree = tree
        by_instrument = [tree.binary[tree.indicator == k].any() for k in range(len(tree.indicators))]
        loading = np.where(by_instrument, _LOADING_BINARY, _LOADING_SURVEY)
        own = rng.standard_normal((rows, len(tree.indicators)))
        self._direction = loading * (np.sqrt(_SHARED) * z[:, None] + np.sqrt(1 - _SHARED) * own)
        shift = [difficulty[name] for name in tree.names]
        shift = [
            one + _GROUP_SHIFT.get(group, 0.0) for one, (_, group) in zip(shift, tree.leaves, strict=True)
        ]
        self._shift = np.array(shift)
        self._chance = rng.logistic(size=(rows, int(tree.binary.sum())))
        self._item = _ITEM_NOISE * rng.standard_normal((rows, int(survey.sum())))
        self._answers = rng.standard_normal((rows, int(survey.sum())))
        # One number of respondents for each group of an instrument: all its items are answered by the same.
        self.respondents = np.ones((rows, len(tree.leaves)))
        instrument = tree.weights[:, tree.instrument_columns].argmax(axis=1)
        groups = [(int(instrument[at]), group) for at, (_, group) in enumerate(tree.leaves)]
        for key in sorted({one for one, binary in zip(groups, tree.binary, strict=True) if not binary}):
            size = np.clip(np.round(np.exp(3.6 + 0.6 * rng.standard_normal(rows))), 8, 200)
            self.respondents[:, [at for at, one in enumerate(groups) if one == key]] = size[:, None]

    def most(self) -> Float:
        """Return the most answer steps a leaf can have, rows × leaves: n·m."""
        return self.respondents * np.round(FULL_SCORE / self.tree.step)

    def steps(self, fit: Fit) -> Float:
        """Return the whole answer steps k of every leaf, rows × leaves."""
        tree = self.tree
        eta = (fit.location + fit.spread * self._direction)[:, tree.indicator] + self._shift
        steps: Float = np.empty_like(eta)
        steps[:, tree.binary] = eta[:, tree.binary] + self._chance > 0
        survey = ~tree.binary
        most = self.most()[:, survey]
        p = logistic(eta[:, survey] + self._item)
        steps[:, survey] = np.clip(np.round(most * p + np.sqrt(most * p * (1 - p)) * self._answers), 0, most)
        return steps

    def leaves(self, fit: Fit) -> Float:
        """Return the points of every leaf, rows × leaves."""
        return FULL_SCORE * self.steps(fit) / self.most()

    def located(self, target: Float, spread: float, location: Float) -> tuple[Fit, Float]:
        """Return the fit whose indicator means are the target (points), and its leaves.

        ``location`` is where to begin.
        """
        for _ in range(_LOCATION_STEPS):
            leaves = self.leaves(Fit(location, spread))
            mean = (leaves @ self.tree.of_indicators).mean(axis=0)
            if np.abs(mean - target).max() < _CLOSE_ENOUGH:
                break
            location = location + _LOCATION_STEP * (logit(target) - logit(mean))
        return Fit(location, spread), leaves


def calibrate(
    draws: Mapping[int, Draw], targets: Mapping[int, Target], pass_marks: Mapping[int, float]
) -> dict[int, Fit]:
    """Return the fit of every year, as the module says."""
    fits = {
        year: _with_share(draw, targets[year], pass_marks[year])
        for year, draw in draws.items()
        if targets[year].share is not None
    }
    for year in sorted(draws.keys() - fits.keys()):
        nearest = min(fits, key=lambda known: (known > year, abs(known - year)))  # the year before, if any
        target = targets[year].indicators
        fits[year], _ = draws[year].located(target, fits[nearest].spread, logit(target))
    return fits


def _with_share(draw: Draw, target: Target, pass_mark: float) -> Fit:
    """Return the fit with the target's share: more spread takes a share away from where the mean is."""
    location = logit(target.indicators)
    overall = draw.tree.weights[:, draw.tree.overall_column]

    def too_wide(log_spread: float) -> bool:
        nonlocal location
        fit, leaves = draw.located(target.indicators, float(np.exp(log_spread)), location)
        location = fit.location
        share = FULL_SCORE * float((leaves @ overall >= pass_mark - 0.005).mean())
        assert target.share is not None
        return share < target.share if target.mean > pass_mark else share > target.share

    log_spread = bisect(too_wide, math.log(_SPREADS[0]), math.log(_SPREADS[1]), _SPREAD_STEPS)
    return draw.located(target.indicators, float(np.exp(log_spread)), location)[0]
