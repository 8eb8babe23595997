"""An edition's tree as one matrix, so that every printed figure is a weighted mean of what was measured.

The columns of the panel are linear in its leaves (items, by respondent group): printed = leaves · W.
Weights are the edition's; where a split is not confirmed and so has no weights, the plain mean of the
children is assumed, and the figure is marked as resting on that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ita_data.edition import ALL, SCALES, Edition, Part

Float = npt.NDArray[np.float64]

ASSUMED_STEP = SCALES["20"]
"""Points between two answers of a survey item whose scale no source gives."""


@dataclass(frozen=True)
class Tree:
    """The leaves and printed columns of one year.

    ``leaves`` and ``columns`` are (part, respondents), the columns in the order they are written. ``weights``
    is leaves × columns. By leaf: ``indicator`` (index into ``indicators``), ``step`` (points between two
    answers), ``binary`` (an assessor's yes or no), ``names`` (the item's name, to know it again in another
    year). ``indicator_columns``, ``instrument_columns`` and ``overall_column`` are places in ``columns``;
    ``rests_on_assumption`` says of a column that its own children's weights are assumed.
    """

    leaves: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    weights: Float
    indicators: tuple[str, ...]
    indicator: npt.NDArray[np.int64]
    step: Float
    binary: npt.NDArray[np.bool_]
    names: tuple[str, ...]
    indicator_columns: npt.NDArray[np.int64]
    instrument_columns: npt.NDArray[np.int64]
    overall_column: int
    rests_on_assumption: npt.NDArray[np.bool_]

    def column(self, part: str, respondents: str = ALL) -> int:
        """Return the place of a printed figure among the columns."""
        return self.columns.index((part, respondents))

    @property
    def of_indicators(self) -> Float:
        """Leaves × indicators: the weights of the indicators alone."""
        return self.weights[:, self.indicator_columns]

    @property
    def indicator_weights(self) -> Float:
        """The weight of every indicator in the overall, shares that add up to 1."""
        overall = self.weights[:, self.overall_column]
        return np.array([overall[self.indicator == place].sum() for place in range(len(self.indicators))])


def read(printed: Edition, measured: Edition) -> Tree:
    """Return the tree of an edition; ``measured`` is the edition whose items it is measured by."""
    indicators = [part for part in measured.parts.values() if part.level == "indicator"]
    items = [part for part in measured.parts.values() if not measured.children(part.code)]
    leaves = [(item, group) for item in items for group in item.respondents or (ALL,)]
    columns = sorted(
        (part.code, group)
        for part in printed.parts.values()
        for group in ((ALL,) if printed.children(part.code) else part.respondents or (ALL,))
    )
    place = {(item.code, group): at for at, (item, group) in enumerate(leaves)}
    weights = np.zeros((len(leaves), len(columns)))
    for at, (code, group) in enumerate(columns):
        for key, weight in _below(measured, measured.parts[code], group).items():
            weights[place[key], at] += weight

    def level(name: str) -> npt.NDArray[np.int64]:
        codes = [part.code for part in printed.parts.values() if part.level == name]
        return np.array([columns.index((code, ALL)) for code in codes])

    return Tree(
        leaves=tuple(place),
        columns=tuple(columns),
        weights=weights,
        indicators=tuple(part.code for part in indicators),
        indicator=np.array([indicators.index(_indicator(measured, item)) for item, _ in leaves]),
        step=np.array([SCALES[item.scale] if item.scale else ASSUMED_STEP for item, _ in leaves]),
        binary=np.array([item.scale == "binary" for item, _ in leaves]),
        names=tuple(item.name_th for item, _ in leaves),
        indicator_columns=level("indicator"),
        instrument_columns=level("instrument"),
        overall_column=columns.index((printed.root.code, ALL)),
        rests_on_assumption=np.array(
            [
                any(child.weight_in_parent is None for child in printed.children(code))
                for code, group in columns
            ]
        ),
    )


def _below(edition: Edition, part: Part, group: str) -> Mapping[tuple[str, str], float]:
    """Return the weights of a part's leaves in it."""
    children = edition.children(part.code)
    if not children:
        groups = part.respondents or (ALL,)
        return (
            {(part.code, one): 1 / len(groups) for one in groups} if group == ALL else {(part.code, group): 1}
        )
    found: dict[tuple[str, str], float] = {}
    for child in children:
        share = 1 / len(children) if child.weight_in_parent is None else child.weight_in_parent
        for key, weight in _below(edition, child, group).items():
            found[key] = found.get(key, 0.0) + share * weight
    return found


def _indicator(edition: Edition, part: Part) -> Part:
    while part.level != "indicator" and part.parent is not None:
        part = edition.parts[part.parent]
    return part


def rounded(values: Float) -> Float:
    """Round half up to the two decimals figures are printed with, as `scoring.round_half_up` does."""
    return np.floor(np.round(values * 100, 4) + 0.5) / 100
