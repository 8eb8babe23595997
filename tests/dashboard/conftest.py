"""Every figure made in these tests is checked by Plotly, for the dashboard makes them unchecked."""

import json
from functools import wraps
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import base


def same_when_checked(made: go.Figure) -> bool:
    """Does Plotly, checking, neither refuse (a ValueError) nor rewrite any of a figure?"""
    checked = go.Figure(made.to_dict())
    return bool(json.loads(checked.to_json()) == json.loads(made.to_json(validate=False)))


@pytest.fixture(autouse=True)
def checked_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    make = base.figure

    @wraps(make)
    def checked(*args: Any, **options: Any) -> go.Figure:
        made = make(*args, **options)
        assert same_when_checked(made)
        return made

    monkeypatch.setattr(base, "figure", checked)
