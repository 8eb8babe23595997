"""The queue on its page, and every view of every page made again on the wall."""

import html
import io
import re
from pathlib import Path

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from dashboard.meeting import pages, queue
from tests import factory
from tests.app.test_pages import ROOT, TITLES, open_page, words
from warehouse import publish

MEETING = "pages/meet/meeting.py"
PARAMS = {"year": "2567", "orgs": "sao-khwao-yai,pattaya"}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    factory.build_warehouse(folder, "published")
    return folder


@pytest.fixture(autouse=True)
def shipped(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(published))


def go(app: AppTest, page: str) -> AppTest:
    return app.switch_page(str(ROOT / page)).run()


def queued(app: AppTest) -> queue.Queue:
    return app.session_state["meeting_queue"]


def linked(app: AppTest) -> queue.Queue:
    """The queue of the address."""
    link = app.query_params["queue"]
    return queue.from_link(link if isinstance(link, str) else link[0], pages.files())


def wall(views: queue.Queue, **settings: str) -> AppTest:
    return open_page(MEETING, {"queue": queue.to_link(views), "present": "1", **settings})


def written(app: AppTest) -> str:
    """What the wall says outside its chart."""
    drawn = " ".join(one.proto.body for one in app.get("html"))
    return html.unescape(re.sub(r"<style>.*?</style>", "", drawn, flags=re.S))


def test_a_view_is_added_named_moved_and_removed() -> None:
    app = open_page("pages/supervise/overview.py", {"year": "2567"})
    for view in ("spread", "grades"):
        app.button(key=f"meet_{view}").click().run()
    assert app.button(key="meet_grades").disabled
    go(app, "pages/supervise/weakest.py").button(key="meet_cost").click().run()
    assert [one.asked[:2] for one in queued(app)] == [
        ("overview", "spread"),
        ("overview", "grades"),
        ("weakest", "cost"),
    ]
    assert {dict(one.params)["year"] for one in queued(app)} == {"2567"}

    go(app, MEETING)
    assert linked(app) == queued(app)
    app.text_input(key="meeting_title_0").set_value(" คะแนน\u202eรวม ").run()
    assert queued(app)[0].title == "คะแนน รวม"
    app.button(key="meeting_move_2_-1").click().run()
    assert [one.view for one in queued(app)] == ["spread", "cost", "grades"]
    app.button(key="meeting_remove_0").click().run()
    assert [one.view for one in queued(app)] == ["cost", "grades"]
    assert linked(app) == queued(app)
    app.button(key="meeting_clear").click().run()
    assert queued(app) == ()
    assert "queue" not in app.query_params


def test_a_file_is_taken_as_the_queue_or_refused_with_the_reason() -> None:
    app = open_page(MEETING, {})
    made = (queue.entry("overview", "grades", {"year": "2567"}, "<b>*ระดับ*</b>"),)
    app.get("file_uploader")[0].upload("q.json", queue.to_json(made).encode(), "application/json").run()
    assert queued(app) == made
    app.get("file_uploader")[0].upload(
        "q.json", b'{"ita_meeting": 1, "views": [{}]}', "application/json"
    ).run()
    assert queued(app) == made
    assert "มุมมองที่ 1 มาจากหน้า" in app.error[0].value


def test_a_broken_link_says_so_and_keeps_the_page() -> None:
    app = open_page(MEETING, {"queue": "<script>", "present": "1"})
    assert not app.exception
    assert "ลิงก์ของคิวไม่ครบ" in words(app)
    assert app.title[0].value == "ประชุม"


def test_how_the_wall_runs_is_chosen_once_and_stands_in_the_address(published: Path) -> None:
    app = open_page(MEETING, {"queue": queue.to_link((queue.entry("overview", "grades", {"year": "2567"}),))})
    app.segmented_control(key="meeting_every").set_value(60).run()
    for key in ("rotate", "dark", "freeze"):
        app.toggle(key=f"meeting_{key}").set_value(True).run()
    (build_id,) = publish.published(published)
    asked = {key: app.query_params[key] for key in ("every", "rotate", "dark", "freeze")}
    asked = {key: one if isinstance(one, str) else one[0] for key, one in asked.items()}
    assert asked == {"every": "60", "rotate": "1", "dark": "1", "freeze": build_id}
    app.toggle(key="meeting_dark").set_value(False).run()
    assert "dark" not in app.query_params
    assert app.toggle(key="meeting_rotate").value
    app.button(key="meeting_start").click().run()
    assert f"รุ่น {build_id} (ตรึงไว้)" in written(app)


def test_the_ready_made_queue_of_a_province_can_be_shown_whole() -> None:
    app = open_page(MEETING, {"year": "2567"})
    app.selectbox(key="meeting_province").select("TH-44").run()
    app.button(key="meeting_ready").click().run()
    assert len(queued(app)) == 6
    assert dict(queued(app)[-1].params)["orgs"] == "sao-khwao-yai"  # the lowest of the province
    on_wall = wall(queued(app))
    for at, entry in enumerate(queued(app)):
        on_wall.session_state["meeting_at"] = at
        on_wall.run()
        assert not on_wall.exception
        assert entry.title in written(on_wall)
        assert "จ.มหาสารคาม" in written(on_wall)


WITH_VIEWS = [page for page in TITLES if page not in (MEETING, "pages/data/imports.py")]


@pytest.mark.parametrize("page", WITH_VIEWS)
def test_every_chart_of_a_page_is_the_same_on_the_wall(page: str) -> None:
    app = open_page(page, PARAMS)
    sentences = {chart.proto.alt for chart in app.get("plotly_chart")}
    assert sentences
    for key in [one.key for one in app.button if str(one.key).startswith("meet_")]:
        app.button(key=key).click().run()
    on_wall, shown = wall(queued(app)), set()
    for at, entry in enumerate(queued(app)):
        on_wall.session_state["meeting_at"] = at
        on_wall.run()
        assert not on_wall.exception, entry
        assert "ไม่มีมุมมองนี้" not in written(on_wall), entry
        assert not re.search("คลิก|ลากกรอบ|ด้านล่าง|ดาวน์โหลด", written(on_wall)), "a wall has no mouse"
        charts = on_wall.get("plotly_chart")
        assert len(charts) <= 1, "something beside the view was drawn"
        shown |= {chart.proto.alt for chart in charts}
    assert sentences <= shown


def test_the_queue_becomes_a_presentation_with_a_slide_a_view() -> None:
    views = (
        queue.entry("overview", "grades", {"year": "2567"}),
        queue.entry("overview", "grades", {"year": "2566"}),  # the same page again
        queue.entry("overview", "no-such-view", {}),
        queue.entry("road", "road", PARAMS),
    )
    app = open_page(MEETING, {"queue": queue.to_link(views)})
    app.button(key="meeting_deck_make").click().run()
    assert not app.exception
    made = app.session_state["meeting_deck"]
    assert made.missing == [3]
    years = [about["ปีงบประมาณ (พ.ศ.)"] for _, about in made.slides]
    sentences = [shown.sentence for shown, _ in made.slides]
    assert len(set(sentences)) == 3
    assert years[-1] == "2567"
    shown = Presentation(io.BytesIO(made.content))
    for slide, sentence in zip(shown.slides, sentences, strict=True):
        assert sentence in "\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)


def test_a_view_that_cannot_be_made_says_why() -> None:
    gone = queue.entry("weakest", "items-at-zero", {"year": "2567", "place": "TH-95"})
    said = written(wall((gone, queue.entry("overview", "no-such-view", {"year": "2567"}))))
    assert "ไม่มีมุมมองนี้ตามตัวกรองที่เก็บไว้" in said
    assert "ไม่มีคะแนน" in said


def test_titles_and_names_on_the_wall_are_never_markup() -> None:
    title = "<img src=x onerror=alert(1)>"
    app = wall((queue.entry("overview", "grades", {"year": "2567"}, title),))
    drawn = " ".join(one.proto.body for one in app.get("html"))
    assert "<img" not in drawn
    assert html.escape(title) in drawn


def test_a_frozen_wall_shows_its_version_and_the_rest_of_the_app_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    factory.build_warehouse(tmp_path, "one_body")
    (first,) = publish.published(tmp_path)
    views = (queue.entry("overview", "spread", {}),)
    app = wall(views, freeze=first)
    factory.build_warehouse(tmp_path, "missing_year")
    second = publish.published(tmp_path)[-1]
    app.run()
    assert f"รุ่น {first} (ตรึงไว้)" in written(app)
    go(app, "pages/supervise/overview.py")
    assert second in app.main.caption[-1].value
    assert f"รุ่น {second} (ล่าสุด)" in written(wall(views))


@pytest.mark.parametrize("build_id", ["20200101T000000-abcdef", "../../etc/passwd", "*"])
def test_a_wall_frozen_to_what_is_not_there_says_so(build_id: str) -> None:
    app = wall((queue.entry("overview", "grades", {"year": "2567"}),), freeze=build_id)
    assert not app.exception
    assert "ไม่พบรุ่นที่ขอตรึง" in written(app)
