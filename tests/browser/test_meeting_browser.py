"""The wall as a room meets it: keys alone, letters that read from the back, live, lost and found."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.meeting import projected, queue
from dashboard.meeting import wall as wall_module
from tests import factory
from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server
from warehouse import build, publish

pytestmark = pytest.mark.browser

YEAR = {"year": "2567"}
BODY = {**YEAR, "orgs": "sao-khwao-yai"}
SIX = tuple(
    queue.entry(*one)
    for one in (
        ("overview", "spread", YEAR),
        ("overview", "grades", YEAR),
        ("organisation", "position", BODY),
        ("weakest", "items-at-zero", YEAR),
        ("overview", "below", YEAR),
        ("road", "road", BODY, "ทางไปถึง 85"),
    )
)
SIZES = {"1920x1080": (1920, 1080), "1366x768": (1366, 768), "1280x720": (1280, 720)}


def address(views: queue.Queue = SIX, **settings: str) -> str:
    asked = {"present": "1", **settings, "queue": queue.to_link(views)}
    return "meeting?" + "&".join(f"{key}={value}" for key, value in asked.items())


def counter(page: Page) -> Locator:
    return page.locator(".counter")


def headline(page: Page) -> str:
    return page.locator(".wall-head h1").inner_text()


def press(visitor: Visitor, key: str, place: str) -> None:
    """Press a key and wait until the wall is at a place of its queue, drawn."""
    visitor.page.keyboard.press(key)
    expect(counter(visitor.page)).to_have_text(re.compile(rf"^{place}\b"), timeout=30_000)
    visitor.settle()


def test_a_meeting_of_six_views_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open(address().replace("present=1&", ""))
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    start = page.get_by_role("button", name="เริ่มฉาย")
    for _ in range(120):
        page.keyboard.press("Tab")
        if start.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(counter(page)).to_have_text(re.compile("^1/6"), timeout=30_000)
    visitor.settle()
    for chrome in ("stSidebar", "stHeader", "stToolbar"):
        expect(page.get_by_test_id(chrome)).to_be_hidden()

    seen = [headline(page)]
    for at in range(2, 5):
        press(visitor, "ArrowRight", f"{at}/6")
        seen.append(headline(page))
    press(visitor, "ArrowRight", r"4/6 \(แผ่น 2/")  # rows that do not fit one sheet go on on the next
    assert headline(page) == seen[-1]
    press(visitor, "5", "5/6")
    seen.append(headline(page))
    press(visitor, "6", "6/6")
    seen.append(headline(page))
    assert len(set(seen)) == 6, seen
    expect(page.locator(".wall-head p")).to_have_text("ทางไปถึง 85")
    press(visitor, "ArrowRight", "1/6")
    press(visitor, "ArrowLeft", "6/6")
    press(visitor, "2", "2/6")

    page.keyboard.press(" ")
    expect(counter(page)).to_contain_text("▶")
    page.keyboard.press(" ")
    expect(counter(page)).to_contain_text("หยุด")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("ปุ่มที่ใช้ได้ระหว่างฉาย")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement")
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")

    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=30_000)
    assert "present" not in page.url
    assert "queue=" in page.url


def test_the_spotlight_centres_every_view_on_a_body(visitor: Visitor) -> None:
    page = visitor.open(address())
    press(visitor, "3", "3/6")
    before = headline(page)
    page.keyboard.press("s")
    box = page.locator(".st-key-meeting_spotlight")
    expect(box).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.type("พัทยา", delay=30)
    expect(box.get_by_role("option").first).to_contain_text("พัทยา", timeout=30_000)
    page.keyboard.press("Enter")
    expect(page.locator(".wall-head h1")).not_to_have_text(before, timeout=30_000)
    expect(page.locator(".wall-head p")).to_contain_text("เน้น")
    expect(box).to_be_hidden()
    visitor.settle()
    expect(counter(page)).to_have_text(re.compile("^3/6"))
    assert "me=" not in page.url  # the user's own selection stays what it was


def test_keys_pressed_faster_than_the_server_answers_are_not_lost(visitor: Visitor) -> None:
    page = visitor.open(address(SIX[:2] + SIX[4:]))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(counter(page)).to_have_text(re.compile("^4/4"), timeout=30_000)


def test_rotation_goes_on_by_itself_and_shows_its_timer(visitor: Visitor) -> None:
    page = visitor.open(address(every="10", rotate="1"))
    expect(counter(page)).to_contain_text("▶")
    page.wait_for_function("() => document.querySelector('.meeting-pulse')")
    expect(counter(page)).to_have_text(re.compile("^2/6"), timeout=60_000)


# What is written on the screen: its words, its box, the size of its letters and their colour.
WRITTEN = """() => {
  const shown = [];
  const cuts = (one) => getComputedStyle(one).overflow !== 'visible'
    && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
  const cutting = (one) => one && !one.matches('.st-key-meeting_slide')
    && (cuts(one) || cutting(one.parentElement));
  const visit = (root) => root.querySelectorAll('*').forEach((one) => {
    if (one.shadowRoot) visit(one.shadowRoot);
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return;
    if (['STYLE', 'SCRIPT', 'TITLE', 'NOSCRIPT'].includes(one.tagName.toUpperCase())) return;
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return; // for screen readers only
    const style = getComputedStyle(one);
    const svg = one instanceof SVGElement;
    const turned = svg && one.transform.baseVal.consolidate()?.matrix; // Plotly shrinks words by a transform
    const shrunk = turned ? Math.hypot(turned.a, turned.b) : 1;
    const scale = one.closest('.st-key-meeting_slide')
      ? document.querySelector('.st-key-meeting_slide').getBoundingClientRect().width / 1920 : 1;
    shown.push({ words: one.textContent, x: box.x, y: box.y, width: box.width, height: box.height,
      size: parseFloat(style.fontSize) * scale * shrunk, colour: svg ? style.fill : style.color,
      whole: svg || !cutting(one) });
  });
  visit(document.body);
  return shown;
}"""


def hex_of(colour: str) -> str:
    return "#" + "".join(f"{int(one):02X}" for one in re.findall(r"\d+", colour)[:3])


def ground(picture: Image.Image, box: dict[str, float]) -> str:
    """The commonest colour behind some words."""
    area = picture.crop((box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]))
    (colour, _), *_ = Counter(area.get_flattened_data()).most_common(1)
    return "#" + "".join(f"{one:02X}" for one in colour)


# The canvas is the same at every size, only scaled, and its colours have nothing to do with its size.
@pytest.mark.parametrize(
    ("size", "wall"), [("1920x1080", "light"), ("1366x768", "dark"), ("1280x720", "light")]
)
def test_every_word_on_the_wall_is_whole_large_and_clear(
    size: str, wall: str, chromium: Browser, server: Server
) -> None:
    """At least 24 pixels at 1920 × 1080, in proportion on smaller screens, contrast AA, nothing cut."""
    width, height = SIZES[size]
    visitor = new_visitor(chromium, server, width, height)
    page = visitor.open(address(dark="1" if wall == "dark" else "0"))
    least = projected.LEAST_FONT * width / 1920
    for at in range(1, 7):
        press(visitor, str(at), f"{at}/6")
        content = page.screenshot(path=ARTEFACTS / f"meeting-{wall}-{size}-{at}.png")
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        written = page.evaluate(WRITTEN)
        assert len(written) >= 6
        for chart in page.locator(".st-key-meeting_slide .main-svg").first.all():
            box = chart.bounding_box()
            assert box is not None
            assert box["width"] == pytest.approx(width * wall_module.WIDTH / 1920, abs=2), (
                "not the canvas's width"
            )
        for one in written:
            told = f"slide {at}: {json.dumps(one, ensure_ascii=False)}"
            assert one["size"] >= least - 0.1, told
            assert one["whole"], told
            assert one["x"] >= -1, told
            assert one["y"] >= -1, told
            assert one["x"] + one["width"] <= width + 1, told
            assert one["y"] + one["height"] <= height + 1, told
            assert projected.contrast(hex_of(one["colour"]), ground(picture, one)) >= 4.5, told
    assert visitor.strangers == []
    assert visitor.complaints == []
    page.context.close()


def dataset(folder: Path, **overalls: float) -> Path:
    """Bodies with the given points on every indicator of 2567."""
    return factory.write_dataset(
        folder,
        sources=[factory.source()],
        organisations=[factory.body(f"test-{name}", name) for name in overalls],
        scores=[
            row
            for name, points in overalls.items()
            for row in factory.result(f"test-{name}", 2567, [points] * 10)
        ],
    )


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., str]:
    """A function: bodies with their points → published as a new version, its build id."""
    folder = tmp_path / "warehouse"

    def publish_version(**overalls: float) -> str:
        made = build.build(
            [dataset(tmp_path / f"data-{len(list(tmp_path.iterdir()))}", **overalls)], out=folder
        )
        publish.publish(made, folder)
        return made

    return publish_version


@pytest.fixture
def own_server(tmp_path: Path, release: Callable[..., str]) -> Iterator[Server]:
    release(ก=90, ข=80)
    running = start_server(tmp_path / "warehouse", tmp_path / "server.log")
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_a_version_published_during_a_meeting_reaches_every_screen_but_the_frozen_one(
    chromium: Browser, own_server: Server, release: Callable[..., str], tmp_path: Path
) -> None:
    first = publish.published(tmp_path / "warehouse")[-1]
    views = (queue.entry("overview", "spread", YEAR), queue.entry("overview", "below", YEAR))
    live = [new_visitor(chromium, own_server, 1366, 768) for _ in range(2)]
    frozen = new_visitor(chromium, own_server, 1366, 768)
    for visitor in live:
        visitor.open(address(views))
    frozen.open(address(views, freeze=first))
    press(live[1], "ArrowRight", "2/2")
    for visitor in (*live, frozen):
        visitor.page.evaluate("window.neverReloaded = true")
        expect(visitor.page.locator(".wall-foot")).to_contain_text(first)
    before = headline(live[0].page)

    second = release(ก=90, ข=80, ค=70)
    for visitor in live:
        expect(visitor.page.locator(".wall-foot")).to_contain_text(second, timeout=60_000)
        note = visitor.page.locator(".note")
        expect(note).to_contain_text(second)
        expect(note).to_contain_text(f"{len(factory.result('', 2567, [70] * 10))} ค่า ของ 1 แห่ง")
        assert visitor.page.evaluate("window.neverReloaded")
    assert headline(live[0].page) != before
    expect(counter(live[1].page)).to_have_text(re.compile("^2/2"))
    expect(live[1].page.locator(".wall-table")).to_contain_text("ค")

    press(frozen, "ArrowRight", "2/2")
    expect(frozen.page.locator(".wall-foot")).to_contain_text(f"{first} (ตรึงไว้)")
    press(frozen, "ArrowLeft", "1/2")
    assert headline(frozen.page) == before
    frozen.page.keyboard.press("Escape")  # nothing but the wall is frozen
    expect(frozen.page.get_by_test_id("stSidebar")).to_be_visible(timeout=30_000)
    frozen.go("ภาพรวม")
    expect(frozen.page.get_by_text(second).first).to_be_visible(timeout=30_000)
    for visitor in (*live, frozen):
        assert visitor.complaints == []
        visitor.page.context.close()


def test_a_lost_connection_says_so_and_recovers_by_itself(
    chromium: Browser, own_server: Server, tmp_path: Path
) -> None:
    views = (queue.entry("overview", "spread", YEAR), queue.entry("overview", "below", YEAR))
    visitor = new_visitor(chromium, own_server, 1366, 768)
    page = visitor.open(address(views))
    press(visitor, "ArrowRight", "2/2")
    own_server.process.kill()
    own_server.process.wait(10)
    expect(page.locator(".lost")).to_be_visible(timeout=60_000)
    expect(page.locator(".lost")).to_contain_text("ขาดการเชื่อมต่อ กำลังเชื่อมใหม่")
    page.screenshot(path=ARTEFACTS / "meeting-lost.png")
    again = start_server(tmp_path / "warehouse", tmp_path / "again.log", own_server.port)
    try:
        expect(page.locator(".lost")).to_be_hidden(timeout=120_000)
        expect(counter(page)).to_have_text(re.compile("^2/2"), timeout=60_000)
        expect(page.locator(".wall-table")).to_be_visible()
    finally:
        page.context.close()
        again.process.terminate()
        again.process.wait(10)


WARM_UP, STEPS = 60, 200
MOST_HEAP, MOST_NODES, MOST_MEMORY = 20_000, 5, 60_000
"""Per step after the warm-up: bytes of the browser's heap, nodes of its documents, bytes of the server."""


def resident(process_id: int) -> int:
    """Bytes of memory a process holds."""
    (pages, *_rest) = Path(f"/proc/{process_id}/statm").read_text().split()[1:]
    return int(pages) * 4096


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory of the server from /proc")
def test_hours_of_rotation_grow_neither_the_browser_nor_the_server(
    chromium: Browser, own_server: Server, tmp_path: Path
) -> None:
    """Two hours of 20 s a view are 360 views; these follow one another as fast as they are drawn."""
    visitor = new_visitor(chromium, own_server, 1366, 768)
    views = tuple(queue.entry("overview", one, YEAR) for one in ("spread", "grades", "below", "provinces"))
    page = visitor.open(address(views))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def turn(steps: int) -> dict[str, float]:
        for _ in range(steps):
            at = int(counter(page).inner_text().split("/")[0])
            page.keyboard.press("ArrowRight")
            page.wait_for_function(
                "at => document.querySelector('[data-testid=stBidiComponentRegular], [data-testid^=stBidi]')"
                " && [...document.querySelectorAll('*')].map(one => one.shadowRoot).filter(Boolean)"
                ".some(root => root.querySelector('.counter')?.textContent.startsWith(at))",
                arg=f"{at % len(views) + 1}/",
            )
        visitor.settle()
        for _ in range(2):
            devtools.send("HeapProfiler.collectGarbage")
        told = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
        return {
            "heap": told["JSHeapUsedSize"],
            "nodes": told["Nodes"],
            "memory": resident(own_server.process.pid),
        }

    before = turn(WARM_UP)
    after = turn(STEPS)
    growth = {name: (after[name] - before[name]) / STEPS for name in before}
    (ARTEFACTS / "meeting-memory.json").write_text(
        json.dumps({"before": before, "after": after, "a step": growth})
    )
    assert growth["heap"] < MOST_HEAP, growth
    assert growth["nodes"] < MOST_NODES, growth
    assert growth["memory"] < MOST_MEMORY, growth
    page.context.close()
