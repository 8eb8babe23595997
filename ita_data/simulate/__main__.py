"""`python -m ita_data.simulate --out FOLDER`: write the simulated panel and say how near it came."""

import argparse
import sys
from pathlib import Path

from ita_data.simulate.panel import BODIES, SEED, Panel, simulate


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    found = argparse.ArgumentParser(prog="python -m ita_data.simulate", description=__doc__)
    found.add_argument("--out", type=Path, required=True, help="the dataset folder to write")
    found.add_argument("--seed", type=int, default=SEED, help=f"the same seed, the same panel ({SEED})")
    found.add_argument("--bodies", type=int, default=BODIES, help=f"how many bodies ({BODIES})")
    return found


def report(panel: Panel) -> str:
    """Return the calibration as a Markdown table."""
    lines = [
        "| year | n | mean | published | difference | share ≥ pass mark | published | difference |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in panel.years:
        share = "–" if one.target_share is None else f"{one.target_share:.2f}"
        apart = "–" if one.target_share is None else difference(one.share, one.target_share)
        lines.append(
            f"| {one.fiscal_year} | {one.n:,} | {one.mean:.2f} | {one.target_mean:.2f} |"
            f" {difference(one.mean, one.target_mean)} | {one.share:.2f} | {share} | {apart} |"
        )
    return "\n".join(lines)


def difference(found: float, published: float) -> str:
    """Return the difference of two figures, each as the table shows it."""
    return f"{round(found, 2) - round(published, 2) + 0.0:+.2f}".replace("-0.00", "+0.00")


def main() -> int:
    """Run the command line; 1 where the panel cannot be made, with why on the error stream."""
    options = parser().parse_args()
    try:
        panel = simulate(
            options.out,
            seed=options.seed,
            bodies=options.bodies,
            progress=lambda share, message: print(f"{share:4.0%} {message}", file=sys.stderr),
        )
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(report(panel))
    print(
        f"\n{panel.bodies:,} bodies, {panel.scores:,} scores, {len(panel.errors)} errors on purpose:"
        f" {panel.folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
