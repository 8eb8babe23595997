"""How well written names find their bodies: precision and recall by kind of corruption.

    python -m benchmarks matching REGISTER.csv [--json FILE] [--seed N]

Every body of the register is written in every way of `KINDS` and looked up again, in the register said to be
complete and in the same register without that claim. A mention counts as matched when it is answered with a
body, also with a new one: making a body that is there already is as wrong as taking another one.
"""

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from ita_data import organisation
from ita_data.organisation import Organisation
from ita_data.readers.matching import Mention, Register, read_register
from ita_data.thai import fold, to_thai_digits

Writing = Callable[[Organisation, random.Random], Mention]
Change = Callable[[Organisation, random.Random], Organisation | None]


@dataclass(frozen=True)
class Kind:
    """A kind of corruption: what is changed in the body (None: not possible), then how it is written."""

    name_th: str
    write: Writing
    change: Change | None = None


@dataclass(frozen=True)
class Measured:
    """What became of the mentions of one kind; shares are percent, precision is blank without any match."""

    kind: str
    register: str
    mentions: int
    matched: int
    wrong: int
    precision: float | None
    recall: float
    offered: float  # matched, or among the candidates
    ambiguous: int
    unknown: int
    means_another_body: int  # left out: changed into exactly another body
    seconds: float


def columns(body: Organisation) -> Mention:
    """Type and name in one column, district and province in others: the plainest table."""
    return Mention(body.full_name_th, None, body.district_th, body.province_th)


def everywhere(exchange: Callable[[str, random.Random], str]) -> Writing:
    """Exchange characters in every text of the mention."""

    def write(body: Organisation, rng: random.Random) -> Mention:
        plain = columns(body)
        return replace(
            plain,
            name=exchange(plain.name, rng),
            district=plain.district and exchange(plain.district, rng),
            province=plain.province and exchange(plain.province, rng),
        )

    return write


def sprinkled(characters: Sequence[str]) -> Callable[[str, random.Random], str]:
    """Put two of the characters anywhere between others."""

    def exchange(text: str, rng: random.Random) -> str:
        for _ in range(2):
            at = rng.randint(1, len(text) - 1)
            text = text[:at] + rng.choice(characters) + text[at:]
        return text

    return exchange


def numbered(body: Organisation, rng: random.Random) -> Mention:
    """Number the name and write all digits in Thai."""
    plain = columns(body)
    return replace(plain, name=to_thai_digits(f"{rng.randint(1, 999)}. {plain.name}"))


def short_form(body: Organisation, rng: random.Random) -> Mention:
    """Use a written form of the type, with a space after it or without."""
    forms = organisation.load_types()[body.type].prefixes_th
    if not forms:
        return columns(body)
    name = "" if body.type in {"bma", "pattaya"} else rng.choice(["", " "]) + body.name_th
    return replace(columns(body), name=rng.choice(forms) + name)


def place_in_text(templates: Sequence[str], *, short: bool = False) -> Writing:
    """Write all in one text."""

    def write(body: Organisation, rng: random.Random) -> Mention:
        name = organisation.short_name(body.type, body.name_th) if short else body.full_name_th
        district, province = rng.choice(templates).split("|")
        if body.district_th:
            name += district.format(body.district_th)
        return Mention(name + province.format(body.province_th))

    return write


def hazards(body: Organisation, rng: random.Random) -> Mention:
    """Write all in one text, and that with everything that repairs nothing but looks."""
    text = place_in_text([" อ.{0}| จ.{0}", " อำเภอ {0}| จังหวัด {0}"], short=True)(body, rng).name
    for exchange in (sara_am, sara_ae, to_patak, sprinkled(INVISIBLE)):
        text = exchange(text, rng)
    return Mention("  " + text.replace(" ", "\u00a0 "))


def sara_am(text: str, rng: random.Random) -> str:
    """Split ำ into two characters."""
    return text.replace("\u0e33", "\u0e4d\u0e32")


def sara_ae(text: str, rng: random.Random) -> str:
    """Split แ into two เ."""
    return text.replace("แ", "เเ")


def to_patak(text: str, rng: random.Random) -> str:
    """Exchange ฏ and ฎ."""
    return text.translate(str.maketrans("ฏฎ", "ฎฏ"))


def renamed(body: Organisation, name: str) -> Organisation | None:
    full = organisation.full_name(body.type, name)
    return replace(body, name_th=name, full_name_th=full) if full != body.full_name_th else None


def letter_dropped(body: Organisation, rng: random.Random) -> Organisation | None:
    """Drop one character of the name."""
    at = rng.randrange(len(body.name_th))
    return renamed(body, body.name_th[:at] + body.name_th[at + 1 :])


def letter_exchanged(body: Organisation, rng: random.Random) -> Organisation | None:
    """Put another consonant for one character of the name."""
    at = rng.randrange(len(body.name_th))
    return renamed(body, body.name_th[:at] + rng.choice("กขคงจชดตทนบปพมยรลวสหอ") + body.name_th[at + 1 :])


def upgraded(body: Organisation, rng: random.Random) -> Organisation | None:
    """Make it the next type."""
    next_type = {"sao": "thesaban_tambon", "thesaban_tambon": "thesaban_mueang"}.get(body.type)
    if next_type is None:
        return None
    return replace(body, type=next_type, full_name_th=organisation.full_name(next_type, body.name_th))


def other_district(body: Organisation, rng: random.Random) -> Organisation | None:
    """Put it into a district that is none."""
    return replace(body, district_th="ไม่มีจริง") if body.district_th else None


INVISIBLE = ("\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u200e", "\u200f")

KINDS = {
    "as_registered": Kind("ตามทะเบียน", lambda body, rng: columns(body)),
    "thai_digits": Kind("เลขไทยและเลขลำดับนำหน้า", numbered),
    "sara_am_split": Kind("สระอำแยกสองตัว", everywhere(sara_am)),
    "sara_ae_split": Kind("สระแอแยกสองตัว", everywhere(sara_ae)),
    "to_patak_swap": Kind("สลับ ฏ/ฎ", everywhere(to_patak)),
    "invisible": Kind("อักขระที่มองไม่เห็น", everywhere(sprinkled(INVISIBLE))),
    "extra_spaces": Kind("เว้นวรรคเกิน", everywhere(sprinkled([" ", "  ", "\u00a0"]))),
    "short_form": Kind("ชื่อย่อของประเภท", short_form),
    "place_in_text": Kind(
        "ที่ตั้งอยู่ในชื่อ", place_in_text([" อ.{0}| จ.{0}", " อำเภอ{0}| จังหวัด{0}", " อ. {0},| จ. {0}"])
    ),
    "place_glued": Kind("ที่ตั้งติดกับชื่อ", place_in_text(["อ.{0}|จ.{0}", "อำเภอ{0}|จังหวัด{0}"], short=True)),
    "place_unmarked": Kind("ที่ตั้งไม่มีคำนำหน้า", place_in_text([" {0}| {0}"])),
    "all_hazards": Kind("ทุกแบบข้างต้นพร้อมกัน", hazards),
    "no_district": Kind("ไม่บอกอำเภอ", lambda body, rng: replace(columns(body), district=None)),
    "no_place": Kind("ไม่บอกอำเภอและจังหวัด", lambda body, rng: Mention(body.full_name_th)),
    "no_type": Kind("ไม่บอกประเภท", lambda body, rng: replace(columns(body), name=body.name_th)),
    "letter_dropped": Kind("ตกหนึ่งตัวอักษร", lambda body, rng: columns(body), letter_dropped),
    "letter_exchanged": Kind("ผิดหนึ่งตัวอักษร", lambda body, rng: columns(body), letter_exchanged),
    "letter_dropped_no_district": Kind(
        "ตกหนึ่งตัวอักษรและไม่บอกอำเภอ",
        lambda body, rng: replace(columns(body), district=None),
        letter_dropped,
    ),
    "letter_dropped_no_place": Kind(
        "ตกหนึ่งตัวอักษรและไม่บอกที่ตั้ง", lambda body, rng: Mention(body.full_name_th), letter_dropped
    ),
    "other_district": Kind("อำเภอขัดกับทะเบียน", lambda body, rng: columns(body), other_district),
    "upgraded": Kind("เปลี่ยนประเภทแล้ว", lambda body, rng: columns(body), upgraded),
}


def measure(
    register: Register, label: str, kind_name: str, seed: int = 2567, most: int | None = None
) -> Measured:
    """Write every body, or `most` of them, in one way and look it up; what stays unchanged is not counted."""
    kind = KINDS[kind_name]
    rng = random.Random(f"{seed} {kind_name}")
    identities = {identity(body) for body in register.bodies}
    mentions: list[tuple[Mention, str]] = []
    means_another = 0
    bodies = register.bodies
    for body in bodies if most is None or most >= len(bodies) else rng.sample(bodies, most):
        written = kind.change(body, rng) if kind.change else body
        if written is None or (kind.change and identity(written) == identity(body)):
            continue
        if kind.change and identity(written) in identities:
            means_another += 1
            continue
        mention = kind.write(written, rng)
        if mention != columns(body) or kind_name == "as_registered":
            mentions.append((mention, body.organisation_id))

    started = time.perf_counter()
    answers = [(register.resolve(mention), truth) for mention, truth in mentions]
    seconds = time.perf_counter() - started
    statuses = Counter(answer.status for answer, _ in answers)
    right = sum(answer.organisation_id == truth for answer, truth in answers)
    matched = sum(answer.organisation_id is not None for answer, _ in answers)
    offered = sum(
        truth in {answer.organisation_id, *(other.organisation_id for other in answer.candidates)}
        for answer, truth in answers
    )
    return Measured(
        kind=kind_name,
        register=label,
        mentions=len(mentions),
        matched=matched,
        wrong=matched - right,
        precision=round(100 * right / matched, 2) if matched else None,
        recall=round(100 * right / max(len(mentions), 1), 2),
        offered=round(100 * offered / max(len(mentions), 1), 2),
        ambiguous=statuses["ambiguous"],
        unknown=statuses["unknown"] + statuses["group"],
        means_another_body=means_another,
        seconds=round(seconds, 2),
    )


def identity(body: Organisation) -> tuple[str, ...]:
    return (body.type, fold(body.name_th), fold(body.district_th or ""), body.province_th or "")


def table(measured: Sequence[Measured]) -> str:
    """Return the figures as a text table."""
    lines = [f"{'kind':28}{'register':>12}{'n':>7}{'wrong':>7}{'precision':>11}{'recall':>9}{'offered':>9}"]
    for row in measured:
        precision = "–" if row.precision is None else f"{row.precision:.2f}"
        lines.append(
            f"{row.kind:28}{row.register:>12}{row.mentions:>7}{row.wrong:>7}{precision:>11}"
            f"{row.recall:>9.2f}{row.offered:>9.2f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the JSON. Returns 1 after a wrong match, 2 if there is no register."""
    parser = argparse.ArgumentParser(prog="benchmarks matching", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("register", type=Path, help="CSV of bodies: name, type, district, province")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--seed", type=int, default=2567)
    chosen = parser.parse_args(arguments)
    try:
        rows = pd.read_csv(chosen.register, dtype=str, keep_default_na=False)
    except (OSError, ValueError, csv.Error) as error:
        print(f"อ่านทะเบียนไม่ได้: {error}", file=sys.stderr)
        return 2
    measured = []
    for label, complete in (("complete", True), ("open", False)):
        register, problems = read_register(rows, file=chosen.register.name, complete=complete)
        if not register.bodies:
            print(
                *(f"{problem.row}: {problem.message_th}" for problem in problems), sep="\n", file=sys.stderr
            )
            return 2
        measured += [measure(register, label, kind, chosen.seed) for kind in KINDS]
    print(table(measured))
    if chosen.json:
        text = json.dumps([asdict(row) for row in measured], ensure_ascii=False, indent=2)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    return 1 if any(row.wrong for row in measured) else 0
