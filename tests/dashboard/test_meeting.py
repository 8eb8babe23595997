"""The queue as a value, a link and a file, whatever comes from outside; figures and colours for the wall."""

import base64
import contextlib
import json
import zlib

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import base
from dashboard.meeting import pages, projected, queue, ready
from dashboard.meeting.queue import MOST_BYTES, MOST_LINK, MOST_TITLE, MOST_VIEWS, QueueError, entry
from dashboard.selection import KEYS

PAGES = ("overview", "weakest", "inside-outside")
PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")), max_size=40)
ENTRIES = st.builds(
    entry,
    st.sampled_from(PAGES),
    PRINTABLE.filter(str.isprintable).filter(bool),
    st.dictionaries(st.sampled_from(KEYS), PRINTABLE.filter(str.isprintable), max_size=5),
    st.text(max_size=2 * MOST_TITLE),
)
QUEUES = st.lists(ENTRIES, max_size=MOST_VIEWS).map(tuple)


@given(QUEUES)
def test_a_queue_survives_its_file_and_its_link(made: queue.Queue) -> None:
    assert queue.from_json(queue.to_json(made).encode(), PAGES) == made
    link = queue.to_link(made)
    assert link.isascii()
    assert link.replace("-", "").replace("_", "").isalnum()
    if len(link) <= MOST_LINK:
        assert queue.from_link(link, PAGES) == made
    else:
        with pytest.raises(QueueError, match="ยาวเกินไป"):
            queue.from_link(link, PAGES)


@given(st.text(max_size=200))
def test_any_text_is_a_queue_or_refused_in_thai(text: str) -> None:
    for read in (queue.from_link, lambda one, known: queue.from_json(one.encode("utf-8", "ignore"), known)):
        with pytest.raises(QueueError, match=r"[ก-๙]"):
            read(text, PAGES)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(JSON, JSON, JSON)
def test_any_json_is_a_queue_or_refused(views: object, page: object, params: object) -> None:
    shapes = (
        views,
        {"ita_meeting": views},
        {"ita_meeting": 1, "views": views},
        {"ita_meeting": 1, "views": [{"page": page, "view": views, "params": params}]},
        {"ita_meeting": 1, "views": [{"page": "overview", "view": "grades", "params": params}]},
    )
    for shape in shapes:
        with contextlib.suppress(QueueError):  # anything else fails the test
            assert all(one.page in PAGES for one in queue.from_json(json.dumps(shape).encode(), PAGES))


def written(**changes: object) -> bytes:
    view = {"page": "overview", "view": "grades", "params": {"year": "2567"}} | changes
    return json.dumps({"ita_meeting": 1, "views": [view]}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "ไม่ใช่ JSON"),
        (b"[" * 90_000, "ไม่ใช่ JSON"),
        (b" " * (MOST_BYTES + 1), "ใหญ่เกินไป"),
        (b"{}", "ไม่ใช่คิว"),
        (b'{"ita_meeting": 2, "views": []}', "รูปแบบ"),
        (b'{"ita_meeting": true, "views": []}', "รูปแบบ"),
        (b'{"ita_meeting": 1}', "views"),
        (json.dumps({"ita_meeting": 1, "views": [{}] * (MOST_VIEWS + 1)}).encode(), "ไม่เกิน 30"),
        (written(page="../../etc/passwd"), "มุมมองที่ 1 มาจากหน้า"),
        (written(page="imports"), "ไม่มีในโปรแกรมนี้"),
        (written(page=["overview"]), "ไม่มีในโปรแกรมนี้"),
        (written(view=""), "มุมมองใดของหน้า"),
        (written(view="a\nb"), "มุมมองใดของหน้า"),
        (written(params={"present": "1"}), "ไม่รู้จัก “present”"),
        (written(params={"year": 2567}), "ค่าของตัวกรอง “year”"),
        (written(params={"year": "\u202e2567"}), "ค่าของตัวกรอง “year”"),
        (written(params=[1]), "ตัวกรองที่อ่านไม่ได้"),
        (written(title=5), "ชื่อที่ไม่ใช่ข้อความ"),
        (written(script="x"), "ไม่รู้จัก “script”"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_thai(content: bytes, said: str) -> None:
    with pytest.raises(QueueError, match=said):
        queue.from_json(content, PAGES)


def test_a_link_that_unpacks_to_gigabytes_is_refused_unpacked_no_further_than_a_queue() -> None:
    bomb = zlib.compress(b" " * 4_000_000, 9)
    link = base64.urlsafe_b64encode(bomb).decode().rstrip("=")
    assert len(link) <= MOST_LINK
    with pytest.raises(QueueError, match="ใหญ่เกินไป"):
        queue.from_link(link, PAGES)


def test_a_link_cut_short_is_not_a_shorter_queue() -> None:
    link = queue.to_link(tuple(entry("overview", f"view{at}", {"year": "2567"}) for at in range(5)))
    for length in range(0, len(link), 4):
        with pytest.raises(QueueError):
            queue.from_link(link[:length], PAGES)


def test_a_title_is_one_line_that_can_be_seen() -> None:
    assert queue.tidy(" a\u202e\n<b>\x00 ") == "a <b>"
    assert len(queue.tidy("ก" * 500)) == MOST_TITLE


def test_moving_an_entry() -> None:
    first, second, third = (entry("overview", one, {}) for one in "abc")
    made = (first, second, third)
    assert queue.moved(made, 2, -1) == (first, third, second)
    assert queue.moved(made, 0, 1) == (second, first, third)
    assert queue.moved(made, 0, -1) == queue.moved(made, 0, 0) == made


def test_the_ready_made_queue_is_one_and_of_its_province() -> None:
    made = ready.of_province("TH-44", {"year": "2567"}, "sao-khwao-yai")
    assert queue.from_link(queue.to_link(made), pages.files()) == made
    assert len(made) == 6
    assert {dict(one.params)["place"] for one in made} == {"TH-44"}
    assert dict(made[-1].params)["orgs"] == "sao-khwao-yai"
    assert len(ready.of_province("TH-44", {}, None)) == 5


def sizes(node: object, name: str = "") -> list[float]:
    """The sizes of every font of a figure."""
    found: list[float] = []
    if isinstance(node, dict):
        for key, value in node.items():
            fonts = key == "size" and name.endswith("font")
            found += [value] if fonts else sizes(value, key)
    elif isinstance(node, list | tuple):
        found += [size for one in node for size in sizes(one, name)]
    return found


def rows_figure(n: int) -> go.Figure:
    labels = [f"{at}<br>ตัวชี้วัด" for at in range(n)]
    return base.figure(
        60 + 40 * n,
        [{"type": "bar", "orientation": "h", "x": list(range(n)), "y": labels, "textfont": {"size": 9}}],
        yaxis={"autorange": "reversed", "tickfont": {"size": 11}},
        annotations=[{"text": "เกณฑ์", "font": {"size": 12, "color": base.MUTED}}],
    )


def test_no_letter_of_a_projected_figure_is_smaller_than_24_pixels() -> None:
    made, sheets = projected.figure(rows_figure(5), 1808, 700)
    assert sheets == 1
    assert min(sizes(made.to_plotly_json())) >= projected.LEAST_FONT
    assert made.layout.height <= 700


def test_rows_beyond_what_fits_stand_on_further_sheets_each_exactly_once() -> None:
    n = 50
    seen: list[int] = []
    _, sheets = projected.figure(rows_figure(n), 1808, 700)
    assert sheets > 1
    for sheet in range(sheets):
        made, _ = projected.figure(rows_figure(n), 1808, 700, sheet=sheet)
        bottom, top = made.layout.yaxis.range
        assert bottom > top, "the first row is at the top"
        seen += [at for at in range(n) if top < at < bottom]
    assert seen == list(range(n))


def test_a_label_broken_for_a_page_is_broken_anew_for_the_wall() -> None:
    made, _ = projected.figure(rows_figure(3), 1808, 700)
    assert list(made.data[0].y) == [f"{at} ตัวชี้วัด" for at in range(3)]


COLOURS = st.integers(0, 0xFFFFFF).map(lambda one: f"#{one:06X}")


@given(COLOURS)
def test_the_dark_wall_keeps_the_contrast_of_a_colour_to_its_ground(colour: str) -> None:
    """As far as there are colours bright enough, and to the steps in which a screen has them."""
    light, dark = (
        projected.contrast(one, projected.GROUND[is_dark])
        for is_dark, one in ((False, colour), (True, projected.turned(colour)))
    )
    brightest = projected.contrast("#FFFFFF", projected.GROUND[True])
    assert dark == pytest.approx(min(light, brightest), rel=0.06)


@pytest.mark.parametrize("colour", [base.INK, base.MUTED, base.PRIMARY, base.CONTRAST, *base.SERIES])
def test_the_colours_of_letters_and_marks_have_contrast_enough_on_both_walls(colour: str) -> None:
    assert projected.contrast(colour, projected.GROUND[False]) >= 4.5
    assert projected.contrast(projected.turned(colour), projected.GROUND[True]) >= 4.5


def test_every_colour_of_a_figure_is_turned_wherever_it_stands() -> None:
    made, _ = projected.figure(rows_figure(3), 1808, 700, dark=True)
    layout = made.layout.to_plotly_json()
    assert layout["template"]["layout"]["paper_bgcolor"] == projected.GROUND[True]
    assert layout["annotations"][0]["font"]["color"] == projected.turned(base.MUTED)


def test_a_simulated_figure_keeps_its_mark_on_the_wall_and_is_as_dark_as_the_others() -> None:
    shown = rows_figure(3)
    base.mark_simulated(shown)
    made, _ = projected.figure(shown, 1808, 700, dark=True)
    template = made.layout.to_plotly_json()["template"]["layout"]
    assert template["paper_bgcolor"] == projected.GROUND[True]
    assert template["font"]["size"] >= projected.LEAST_FONT
    assert any("ข้อมูลจำลอง" in one["text"] for one in template["annotations"])
