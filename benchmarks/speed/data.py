"""What is measured on: the published set, the national simulated panel and ten times it, each a warehouse."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from ita_data import simulate
from warehouse import build, publish
from warehouse.warehouse import Warehouse

PUBLISHED, NATIONAL, TENFOLD = "published", "national", "tenfold"
BODIES = {NATIONAL: 8_300, TENFOLD: 83_000}


@dataclass(frozen=True)
class Size:
    """One dataset: the folder of its versions, the one in use, and the files it was built from."""

    name: str
    folder: Path
    version: Path
    panel: Path


def prepare(folder: Path, name: str, bodies: int | None = None) -> Size:
    """The warehouse of a size, built where there is none or the program has changed since."""
    here = folder / name
    versions = here / "versions"
    panel = build.PUBLISHED if name == PUBLISHED else here / "panel"
    current = publish.current_path(versions)
    if current is None or _recipe(current) != build.recipe():
        print(f"building {name} …", file=sys.stderr)
        shutil.rmtree(here, ignore_errors=True)
        if name != PUBLISHED:
            simulate.simulate(panel, bodies=bodies or BODIES[name])
        build_id = build.build(
            [panel],
            out=versions,
            dataset_th=simulate.DATASET_TH if name != PUBLISHED else "ข้อมูลเผยแพร่",
            simulated=name != PUBLISHED,
        )
        publish.publish(build_id, versions)
        current = publish.version_path(versions, build_id)
    return Size(name, versions, current, panel)


def _recipe(version: Path) -> str:
    opened = Warehouse(version)  # closed again, so that a measurement may open the file in its own way
    try:
        return str(opened.run("build_info")["recipe"].item())
    finally:
        opened.close()
