"""What the page calls things: roles of columns, shapes of tables, kinds of files, severities."""

from collections.abc import Iterable, Mapping
from typing import Literal

from dashboard import text
from ita_data.edition import Edition

ROLES = {
    "ignore": "ไม่อ่าน",
    "name": "ชื่อหน่วยงาน",
    "type": "ประเภทหน่วยงาน",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "code": "รหัสหน่วยงาน",
    "year": "ปีงบประมาณ",
    "part": "ส่วนของการประเมิน",
    "respondents": "กลุ่มผู้ตอบ",
    "score": "คะแนน",
    "grade": "ระดับผลที่พิมพ์ไว้",
}
SHAPES = {
    "wide": "หนึ่งแถวต่อหน่วยงาน คะแนนแต่ละส่วนอยู่คนละคอลัมน์",
    "long": "หนึ่งแถวต่อคะแนนหนึ่งค่า",
    "organisations_as_columns": "หน่วยงานอยู่คนละคอลัมน์ คะแนนแต่ละส่วนอยู่คนละแถว",
    "document": "เอกสารของหน่วยงานเดียว",
}
KINDS = {
    "csv": "ตาราง CSV",
    "xlsx": "ตาราง Excel (XLSX)",
    "xls": "ตาราง Excel (XLS)",
    "ods": "ตาราง ODS",
    "parquet": "ตาราง Parquet",
    "document": "เอกสารของหน่วยงาน",
    "text": "เอกสารข้อความ",
    "markdown": "เอกสาร Markdown",
    "html": "เอกสาร HTML",
    "docx": "เอกสาร Word (DOCX)",
    "pdf": "เอกสาร PDF",
    "unknown": "ไม่รู้จักชนิดไฟล์",
}
SCALES = {
    "points": "คะแนนเต็ม 100",
    "weighted": "แต้มถ่วงน้ำหนัก แปลงเป็น 0–100",
    "fraction": "สัดส่วน 0–1 แปลงเป็น 0–100",
}
SEVERITIES = {"error": "ต้องแก้", "warning": "ควรตรวจ", "info": "แจ้งให้ทราบ"}
STATES = {
    "new": "ใหม่",
    "changed": "ต่างจากที่ใช้อยู่",
    "conflict": "ไฟล์ขัดกันเอง",
    "unchanged": "ตรงกับที่ใช้อยู่",
    "repeated": "ซ้ำในไฟล์",
}
PART = "part:"


def printable(words: object) -> str:
    """A text of a file as UTF-8 can hold it."""
    return str(words).encode("utf-8", "replace").decode("utf-8")


def roles_of(editions: Iterable[Edition], present: Iterable[str]) -> Mapping[str, str]:
    """Every meaning a column can be given, by role: fixed ones, parts of the years, those there already."""
    found = dict(ROLES)
    for one in editions:
        for part in one.parts.values():
            label = text.part_label(part.code, part.name_th)
            found.setdefault(PART + part.code, label if part.parent is None else f"คะแนน {label}")
    for role in present:
        found.setdefault(role, role_label(role, found))
    return found


def role_label(role: str, known: Mapping[str, str]) -> str:
    """How a role is called: of a part also whose answers and which year."""
    code, _, year = role.removeprefix(PART).partition("@")
    code, _, respondents = code.partition(":")
    if not role.startswith(PART):
        return known.get(role, "คะแนนของหน่วยงานในหัวคอลัมน์" if role == "organisation" else role)
    label = known.get(PART + code, f"คะแนน {code}")
    label += f" · {text.RESPONDENTS.get(respondents, respondents)}" if respondents else ""
    return label + (f" · ปี {year}" if year else "")


def height(n_rows: int, most: int) -> int | Literal["content"]:
    """As high as its rows where they are few, scrolling from there on."""
    return "content" if n_rows <= most else 35 * (most + 1)
