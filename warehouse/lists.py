"""Groups that are a list of bodies: a user's own, or those nearest to a body. Their marts are made on demand.

A list is a group like any other: the queries are the same, and so is the SQL that sums it up. In memory stand
the tables that say who is a member, holding the bodies of the list only, and the marts of groups made from
them, in which the list is the group (`all`, `all`). Everything else is read from the version.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import duckdb

from warehouse import build
from warehouse.warehouse import TIMEOUT_SECONDS, Warehouse

MOST_BODIES = 60
"""The most bodies of a list: what a link can carry and a person can choose."""
_MOST_OPEN = 32

# What a question about a group takes its bodies from.
_MEMBERS = ("organisation", "organisation_year", "finding", "result__organisation_year")
# What the marts of groups sum up. Questions read it whole: they may be about a body that is not in the list.
_SUMMED = ("score", "recomputed_score", "part_value__organisation_year")


_PREFIX = "list:"


def place_of(bodies: Iterable[str]) -> str:
    """What stands for a place where the group is a list of bodies, whatever their order."""
    return _PREFIX + ",".join(sorted(bodies))


def bodies_of(place: str) -> tuple[str, ...]:
    """The bodies of a place that is a list; none of any other place."""
    return tuple(place.removeprefix(_PREFIX).split(",")) if place.startswith(_PREFIX) else ()


@lru_cache(maxsize=_MOST_OPEN)
def open_list(path: Path, bodies: tuple[str, ...]) -> Warehouse:
    """The warehouse of a version as a group of bodies (organisation ids, at most `MOST_BODIES`) sees it.

    Raises:
        ValueError: there are none, or too many.
    """
    if not 0 < len(bodies) <= MOST_BODIES:
        raise ValueError(f"a list has 1 to {MOST_BODIES} bodies, not {len(bodies)}")
    connection = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "512MB"})
    place = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS version (READ_ONLY)")
    names = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'version'"
    ).fetchall()
    marts = [mart for mart in build.MARTS if "__group_" in mart]
    for (name,) in names:
        if name in (*_MEMBERS, *_SUMMED):
            connection.execute(
                f'CREATE TABLE "{name}" AS FROM version."{name}"'
                " WHERE organisation_id IN (SELECT UNNEST($bodies))",
                {"bodies": list(bodies)},
            )
        elif name not in (*marts, "member__organisation_year"):
            connection.execute(f'CREATE VIEW "{name}" AS FROM version."{name}"')
    connection.execute(
        "CREATE TABLE member__organisation_year AS"
        " SELECT 'all' AS place, 'all' AS kind, organisation_id, fiscal_year FROM result__organisation_year"
    )
    for mart in marts:
        connection.execute((build.ROOM / "marts" / f"{mart}.sql").read_text(encoding="utf-8"))
    for name in _SUMMED:
        connection.execute(f'DROP TABLE "{name}"')
        connection.execute(f'CREATE VIEW "{name}" AS FROM version."{name}"')
    connection.execute(f"SET max_execution_time = {round(1000 * TIMEOUT_SECONDS)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return Warehouse(path, connection)
