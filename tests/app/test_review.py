"""The year's review: no sentence without a number, the group and the year, and each over its own chart."""

import re
from pathlib import Path

import pytest

from tests import factory
from tests.app.test_pages import open_page

PAGE = "pages/supervise/review.py"


def sentences(folder: Path, params: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("ITA_WAREHOUSE", str(folder))
    app = open_page(PAGE, params)
    assert not app.exception
    summary = next(one.value for one in app.main.markdown if one.value.startswith("* "))
    plain = re.sub(r"\\(.)", r"\1", summary)  # without the escapes of Markdown
    return [line.removeprefix("* ") for line in plain.splitlines()]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {name: tmp_path_factory.mktemp(name) for name in ("published", "groups")}
    for name, folder in found.items():
        factory.build_warehouse(folder, name)
    return found


@pytest.mark.parametrize(
    ("dataset", "params", "group"),
    [
        ("published", {"year": "2567"}, "ทุกประเภทหน่วยงาน · ทุกพื้นที่"),
        ("published", {"year": "2564", "kind": "lao"}, "อปท. ทุกประเภท · ทุกพื้นที่"),
        ("published", {"year": "2562"}, "ทุกประเภทหน่วยงาน · ทุกพื้นที่"),
        ("groups", {"year": "2568", "place": "TH-44", "kind": "sao"}, "องค์การบริหารส่วนตำบล · จ.มหาสารคาม"),
    ],
)
def test_every_sentence_has_a_number_a_group_and_a_year(
    folders: dict[str, Path],
    dataset: str,
    params: dict[str, str],
    group: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = sentences(folders[dataset], params, monkeypatch)
    assert len(told) >= 2
    for sentence in told:
        assert sentence.startswith(f"{group} ปี {params['year']}:"), sentence
        rest = sentence.split(":", 1)[1]
        assert re.search(r"\d", re.sub(r"ปี \d{4}", "", rest)), sentence


def test_the_shipped_year_by_hand(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """2567: 69.50, 91.21 (Rayong's), 92.43 and 99.41; one of four is under 85."""
    told = "\n".join(sentences(folders["published"], {"year": "2567"}, monkeypatch))
    assert "ผ่านเกณฑ์ 85 จำนวน 3 จาก 4 แห่ง (75.0%) ต่ำกว่าเกณฑ์ 1 แห่ง" in told
    assert "อบต.เขวาใหญ่ · อ.กันทรวิชัย จ.มหาสารคาม 69.50" in told
    assert "10 การป้องกันการทุจริต 35.00 (n = 1)" in told
    assert "(n = 4)" in told


def test_a_year_that_may_not_be_compared_says_so(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "\n".join(sentences(folders["published"], {"year": "2562"}, monkeypatch))
    assert "เทียบปี 2561 ไม่ได้เพราะวิธีการเปลี่ยน" in told


def test_a_few_bodies_of_both_years_are_no_mean_of_the_group(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """2566 has eight bodies, 2567 four; two have both."""
    told = "\n".join(sentences(folders["published"], {"year": "2567"}, monkeypatch))
    assert "มีเพียง 2 แห่งที่มีคะแนนรวมปี 2566 ด้วย น้อยเกินกว่าจะเฉลี่ย" in told
    assert "ค่าเฉลี่ยทั้งประเทศ" not in told


def test_a_break_between_the_years_is_said(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(folders["published"]))
    app = open_page(PAGE, {"year": "2567"})
    assert any("EIT จากผู้ตอบสองกลุ่ม" in str(one.value) for one in app.main.warning)
