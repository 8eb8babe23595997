"""The pages whose views can be queued, by the URL path entries name them with."""

from functools import cache
from pathlib import Path

from dashboard import session

WITHOUT_VIEWS = {"meeting", "imports"}


@cache
def files() -> dict[str, Path]:
    """The file of every such page."""
    found = {one.stem.replace("_", "-"): one for one in (session.ROOT / "pages").glob("*/*.py")}
    return {name: found[name] for name in sorted(set(found) - WITHOUT_VIEWS)}
