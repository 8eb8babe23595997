"""Read the published warehouse: open it read-only, run a named query, get a DataFrame."""

from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from warehouse import publish

QUERIES = Path(__file__).parent / "queries"
TIMEOUT_SECONDS = 20.0
ROW_CAP = 100_000

Value = str | int | float | bool | None


class QueryError(Exception):
    """A query could not be answered; the message is in Thai and fit for the user."""


@cache
def query_text(name: str) -> str:
    """The SQL of a query by the name of its file.

    Raises:
        KeyError: there is no such query.
    """
    path = QUERIES / f"{name}.sql"
    if path.parent != QUERIES or not path.exists():
        raise KeyError(f"no query named {name!r}")
    return path.read_text(encoding="utf-8")


class Warehouse:
    """One version of the warehouse, open for reading by any number of threads.

    The connection can neither write nor reach files or the network, whatever a query says.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.path = path
        self._connection = connection or duckdb.connect(
            str(path),
            read_only=True,
            config={
                # a query takes milliseconds; what runs at once are sessions, not parts of a query
                "threads": "1",
                "max_execution_time": str(round(1000 * TIMEOUT_SECONDS)),
                "enable_external_access": "false",
                "lock_configuration": "true",
            },
        )

    def run(self, name: str, **parameters: Value) -> pd.DataFrame:
        """Answer the query in `queries/<name>.sql` with its named parameters.

        Raises:
            KeyError: there is no such query.
            QueryError: it took longer than `TIMEOUT_SECONDS` or gave more than `ROW_CAP` rows.
            duckdb.Error: the parameters do not fit the query.
        """
        # one connection shared by threads raises; a cursor costs microseconds
        cursor = self._connection.cursor()
        try:
            # fetched in one chunk just over the cap, so that an unforeseen result cannot fill the memory
            frame = cursor.execute(query_text(name), parameters or None).fetch_df_chunk(ROW_CAP // 2048 + 1)
        except duckdb.InterruptException as error:
            raise QueryError("การค้นใช้เวลานานเกินไป ลองเลือกพื้นที่หรือประเภทให้แคบลง") from error
        finally:
            cursor.close()
        if len(frame) > ROW_CAP:
            raise QueryError(f"ผลการค้นมีมากกว่า {ROW_CAP:,} แถว ลองเลือกพื้นที่หรือประเภทให้แคบลง")
        return frame

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


@cache
def open_version(path: Path) -> Warehouse:
    """The open warehouse of a version; a version never changes, so one per path serves everybody."""
    return Warehouse(path)


def open_current() -> Warehouse | None:
    """The warehouse readers should use now, or None before the first build."""
    path = publish.current_path()
    return open_version(path) if path else None
