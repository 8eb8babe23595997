"""The simulated national panel: every body, year and item, and no real body's name or score.

`panel.simulate` writes it; docs/simulation.md says how it is made, how near it comes to the published
national figures, and which errors are in it on purpose.
"""

from ita_data.simulate.panel import DATASET_TH, Panel, simulate

__all__ = ["DATASET_TH", "Panel", "simulate"]
