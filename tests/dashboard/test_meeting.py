"""The queue as a value, a link and a file, whatever comes from outside; figures and colours for the wall."""

import base64
import contextlib
import html
import json
import re
import zlib
from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import base, findings_per_check, province_map
from dashboard.meeting import pages, projected, queue, ready, table, wall
from dashboard.meeting.queue import MOST_BYTES, MOST_LINK, MOST_TITLE, MOST_VIEWS, QueueError, entry
from dashboard.selection import KEYS, Group
from dashboard.view import View

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


def test_rows_of_a_hidden_axis_are_as_high_as_on_the_page_and_go_on_on_further_sheets() -> None:
    n = 14
    checks = pd.DataFrame({"title_th": [f"ตรวจ {at}" for at in range(n)], "severity_th": "สูง", "n": 1})
    figure, seen = findings_per_check.chart(checks), []
    _, sheets = projected.figure(figure, 1808, 676)
    assert sheets == 2
    spans = set()
    for sheet in range(sheets):
        made, _ = projected.figure(figure, 1808, 676, sheet=sheet)
        bottom, top = made.layout.yaxis.range
        spans.add(round(bottom - top, 6))
        seen += [at for at in range(n) if top < at < bottom]
        assert sum(bool(words) for words in made.data[0].text) == n / sheets, "words of other sheets are left"
    assert seen == list(range(n))
    assert len(spans) == 1, "rows are as high on every sheet"


def two_bars_a_row(n: int) -> go.Figure:
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": [f"แถว {at}" for at in range(n)],
        "x": [1] * n,
        "textposition": "outside",
        "text": ["1"] * n,
    }
    return base.figure(60 + 40 * n, [bar, bar], yaxis={"autorange": "reversed"})


def test_bars_that_share_a_row_have_room_for_the_words_of_each() -> None:
    made, sheets = projected.figure(two_bars_a_row(11), 1808, 676)
    bottom, top = made.layout.yaxis.range
    assert sheets == 2
    assert (676 - projected.AROUND) / (bottom - top) >= 2 * projected.LEAST_FONT


def test_rows_nearer_to_one_another_than_on_average_have_room_for_their_labels() -> None:
    places = [at + 8 * (at // 4) for at in range(16)]  # four under each heading
    bar = {"type": "bar", "orientation": "h", "x": [1] * 16, "y": places}
    ticks = {"tickvals": places, "ticktext": ["แถว"] * 16, "range": [places[-1] + 0.6, -0.6]}
    made, sheets = projected.figure(base.figure(700, [bar], yaxis=ticks), 1808, 676)
    bottom, top = made.layout.yaxis.range
    assert sheets > 1
    assert (676 - projected.AROUND) / (bottom - top) >= projected.LEAST_FONT


def test_one_bar_leaves_the_height_to_the_chart_and_is_no_wall_itself() -> None:
    made, _ = projected.figure(rows_figure(1), 1808, 676)
    assert made.layout.height == 676
    assert (1 - made.layout.bargap) * (676 - projected.AROUND) == pytest.approx(projected.THICKEST)


def test_the_tiles_of_the_map_touch_and_never_lie_over_one_another() -> None:
    provinces = pd.DataFrame(
        {
            "iso": ["TH-1", "TH-2", "TH-3"],
            "name_th": "จ",
            "abbr_th": ["กทม", "ขก", "ชม"],
            "tile_col": [1, 2, 1],
            "tile_row": [1, 1, 2],
            "n": 1,
            "mean": [90.0, 80.0, 90.0],
            "official_mean": 90.0,
        }
    )
    chart = province_map.chart(provinces, [0, 85, 95], 85, ["TH-2"])
    made, _ = projected.figure(chart, 1808, 676)
    tiles = [one for one in made.layout.shapes if one.type == "rect"]
    assert sorted((one.x0, one.x1, one.y0, one.y1) for one in tiles) == [
        (0.5, 1.5, 0.5, 1.5),
        (0.5, 1.5, 1.5, 2.5),
        (1.5, 2.5, 0.5, 1.5),
    ]
    assert tiles[-1].line.color == base.INK, "no neighbour covers a dark edge"
    assert not [one for one in made.data if one.mode == "markers+text"]
    assert [one.name for one in made.data if one.showlegend is not False] == [one.name for one in chart.data]


def test_the_margin_of_a_chart_holds_its_smallest_letters_enlarged() -> None:
    shown = base.figure(300, [], margin={"r": 100})
    made, _ = projected.figure(shown, 1808, 676)
    assert made.layout.margin.r / 100 >= projected.LEAST_FONT / 12


def test_a_bold_label_and_the_name_of_an_axis_are_broken_anew_too() -> None:
    bar = {"type": "bar", "orientation": "h", "x": [1], "y": ["<b>OIT แบบวัดการเปิด<br>เผยข้อมูล</b>"]}
    title = {"title": {"text": "OIT แบบวัดการเปิด<br>เผยข้อมูล"}}
    made, _ = projected.figure(base.figure(300, [bar], xaxis=title), 1808, 676)
    assert list(made.data[0].y) == ["<b>OIT แบบวัดการเปิดเผยข้อมูล</b>"]
    assert made.layout.xaxis.title.text == "OIT แบบวัดการเปิดเผยข้อมูล"


def movers(n: int, name: str) -> pd.DataFrame:
    points = {f"คอลัมน์ {at}": [50.0] * n for at in range(7)}
    return pd.DataFrame({"ลำดับ": range(1, n + 1), "หน่วยงาน": name, **points, "ปี": 2567, "ค่า": 115164})


def shown_rows(made: str) -> int:
    return made.count("<tr>") - 1


def test_a_table_has_as_many_rows_as_it_has_room_for_and_says_so() -> None:
    short, _ = table.html_of(movers(50, "อบต.ก"))
    long, left = table.html_of(movers(50, "อบต.จำลองเกาะครามบทเพลง อ.จำลองสระจันทร์ จ.ประจวบคีรีขันธ์ " * 2))
    assert shown_rows(short) == table.ROWS
    assert 1 <= shown_rows(long) < shown_rows(short)
    assert left == f"แสดง {shown_rows(long)} จาก 50 แถว"
    assert long.count("<th") == movers(1, "").shape[1], "long names are broken before a column is left out"


def test_the_start_of_a_longer_table_does_not_say_it_is_all() -> None:
    _, left = table.html_of(movers(50, "อบต.ก"), whole=False)
    assert left == f"แสดง {table.ROWS} แถวแรก"


def test_amounts_in_a_table_have_thousands_and_years_none() -> None:
    made, left = table.html_of(movers(2, "<b>"))
    assert ">115,164<" in made
    assert ">2567<" in made
    assert "&lt;b&gt;" in made
    assert left == ""


def test_a_small_table_has_larger_letters() -> None:
    small, _ = table.html_of(pd.DataFrame({"เครื่องมือ": ["IIT", "EIT"], "คะแนน": [92.74, 93.03]}))
    large, _ = table.html_of(movers(50, "อบต.จำลอง"))
    assert f"font-size:{table.LETTERS[0]}px" in small
    assert f"font-size:{table.LETTERS[-1]}px" in large


def test_a_headline_too_long_for_the_wall_ends_behind_a_whole_part() -> None:
    parts = " · ".join(f"หน่วยงาน {at} ห่างกันมากที่สุดที่ตัวชี้วัดหนึ่ง" for at in range(20))
    shown = html.unescape(wall._head("", parts, simulated=True))
    headline = re.search("<h1.*?>(.*)</h1>", shown)[1]
    assert headline.endswith(" · …")
    assert parts.startswith(headline.removesuffix(" · …") + " · ")
    assert table.text_columns(headline) <= wall.HEADLINES[-1][0]
    assert "ข้อมูลจำลอง" in shown


def test_a_headline_does_not_break_inside_a_count() -> None:
    assert "n\u00a0=\u00a08,224" in wall._head("", "เฉลี่ย 93.81 (n = 8,224)", simulated=False)


def test_the_foot_keeps_the_count_and_the_years_of_a_long_group() -> None:
    build = SimpleNamespace(dataset_th="ข้อมูลจำลองทั้งประเทศ", build_id="20261121T092906-32b2e7")
    group = Group("all", "all", "อบต.จำลองช่องมงคลบทเพลง · อ.จำลองสระศรี จ.ขอนแก่น (หน่วยงานเดียว)")
    shown = View("a", "", "", pd.DataFrame(), group, n=1, years="2566–2567")
    made = wall._foot(SimpleNamespace(build=build), shown, "ล่าสุด")
    assert "n = 1 · ปี 2566–2567" in made
    assert table.text_columns(re.sub("<.*?>", "", made)) <= wall.FOOT_COLUMNS


def test_words_plotly_colours_stand_on_the_cells_it_chose_the_colour_for() -> None:
    cells = {
        "type": "heatmap",
        "z": [[1]],
        "texttemplate": "%{z}",
        "colorscale": [[0, "#FFFFFF"], [1, "#0B5C7A"]],
    }
    made, _ = projected.figure(base.figure(300, [cells]), 1808, 676, dark=True)
    assert [one for _, one in made.data[0].colorscale] == ["#FFFFFF", "#0B5C7A"]
    inked = cells | {"textfont": {"color": "#FFFFFF"}}
    made, _ = projected.figure(base.figure(300, [inked]), 1808, 676, dark=True)
    assert [one for _, one in made.data[0].colorscale] == [
        projected.turned(one) for one in ("#FFFFFF", "#0B5C7A")
    ]
