"""A browser without a screen: it speaks Streamlit's messages over a real websocket.

Only what a server needs to see is done: run a page, change a select box of the sidebar, name the messages
kept from the last two runs so that the server may refer to them. Nothing is drawn, so the seconds are the
server's.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

SIDEBAR = 1  # the first step of the path of whatever is drawn in the sidebar
CHARTS = ("plotly_chart", "vega_lite_chart", "arrow_vega_lite_chart")
TABLES = ("dataframe", "table", "arrow_data_frame", "arrow_table")
DONE = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}
PATIENCE = 120.0  # seconds until an answer counts as an error


class AnswerError(Exception):
    """The server did not answer, or answered with an exception."""


@dataclass
class Answer:
    """What one rerun brought: seconds until it was finished, bytes on the wire, the elements by kind."""

    seconds: float = 0.0
    received: int = 0
    elements: Counter[str] = field(default_factory=Counter)
    exceptions: list[str] = field(default_factory=list)
    largest: list[tuple[int, str]] = field(default_factory=list)  # bytes of messages and what they draw

    @property
    def charts(self) -> int:
        return sum(self.elements[kind] for kind in CHARTS)

    @property
    def tables(self) -> int:
        return sum(self.elements[kind] for kind in TABLES)


class _Counting(ClientConnection):
    """A connection that counts the bytes of the socket, frames and compression included."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Session:
    """One user's session: `filters` are the select boxes of the sidebar by label, `query` is the URL's."""

    def __init__(self, connection: _Counting) -> None:
        self.connection = connection
        self.filters: dict[str, Selectbox] = {}
        self.pages: dict[str, str] = {}  # path in the URL -> hash
        self._page = ""
        self.query = ""
        self._kept: dict[
            str, tuple[str, int]
        ] = {}  # hash of a message -> what it draws, run it was used last in
        self._run = 0

    @classmethod
    async def open(cls, port: int) -> "Session":
        """Connect to the server of this machine."""
        connection = await connect(
            f"ws://localhost:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://localhost:{port}",  # type: ignore[arg-type]
            create_connection=_Counting,
            max_size=None,
            ping_interval=None,
        )
        assert isinstance(connection, _Counting)
        return cls(connection)

    async def close(self) -> None:
        await self.connection.close()

    async def visit(self, path: str = "", query: str = "", patience: float = PATIENCE) -> Answer:
        """Open a page by its path and query, as a click in the navigation or a link does."""
        self.query = query
        message = BackMsg()
        message.rerun_script.page_name = path
        if path in self.pages:
            message.rerun_script.page_script_hash = self.pages[path]
        return await self._ask(message, patience)

    async def rerun(self) -> Answer:
        """Run the page again as it is."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        return await self._ask(message)

    async def choose(self, label: str, option: str) -> Answer:
        """Choose an option of a select box of the sidebar."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.string_value = self.filters[label].id, option
        return await self._ask(message)

    async def _ask(self, message: BackMsg, patience: float = PATIENCE) -> Answer:
        state = message.rerun_script
        state.query_string = self.query
        state.cached_message_hashes.extend(self._kept)
        self._run += 1
        answer = Answer()
        before = self.connection.received
        started = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        try:
            async with asyncio.timeout(patience):
                while not self._take(await self.connection.recv(decode=False), answer):
                    pass
        except (TimeoutError, OSError) as error:
            raise AnswerError(f"no answer: {error!r}") from error
        answer.seconds = time.perf_counter() - started
        answer.received = self.connection.received - before
        # what a browser keeps: messages used in this run or the one before
        self._kept = {one: kept for one, kept in self._kept.items() if kept[1] >= self._run - 1}
        return answer

    def _take(self, data: bytes, answer: Answer) -> bool:
        """Note a message; True when it says that the run is over."""
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return message.script_finished in DONE
        if kind == "ref_hash":
            drawn, _ = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = drawn, self._run
            answer.elements[drawn] += 1
        elif kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            self.pages = {
                "" if one.is_default else one.url_pathname: one.page_script_hash
                for one in message.navigation.app_pages
            }
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._note(message, len(data), answer)
        return False

    def _note(self, message: ForwardMsg, size: int, answer: Answer) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type") or "block"
        if message.metadata.cacheable:
            self._kept[message.hash] = kind, self._run
        answer.elements[kind] += 1
        answer.largest = sorted([*answer.largest, (size, kind)], reverse=True)[:5]
        if kind == "exception":
            answer.exceptions.append(f"{element.exception.type}: {element.exception.message}")
        if kind == "selectbox" and message.metadata.delta_path[0] == SIDEBAR:
            self.filters[element.selectbox.label] = element.selectbox
