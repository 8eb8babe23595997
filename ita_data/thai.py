"""Thai text and years: digits, eras, spelling hazards, and lines that break where Thai may break."""

import re
import unicodedata

BE_OFFSET = 543
"""Add to a C.E. year to get its B.E. year (2024 → 2567)."""

FIRST_BE, LAST_BE = 2500, 2700
"""The B.E. years the project accepts; their C.E. years lie outside, so that mixed-up eras are noticed."""

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Written, never seen: zero-width spaces and joiners, soft hyphen, byte order mark, bidirectional marks.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)

# Sara am (U+0E33) written as nikhahit and sara aa, maybe around a tone mark; or typed before its tone mark.
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0e33([\u0e48-\u0e4b])")

_SPACE_BESIDE_THAI = re.compile("(?<=[\u0e01-\u0e5b]) | (?=[\u0e01-\u0e5b])")

# No line ends with one of the first, none starts with one of the second: following vowels and marks, ฯ, ๆ.
_OPENING = r"(\[{“«เ-ไ"
_CLOSING = r")\]}”»,.;:!?%\u0e2f-\u0e3a\u0e45-\u0e4e\u0300-\u036f"

# Where a word starts, whatever stands before it: a leading vowel, and common words of the assessment.
_STARTS = "[เ-ไ]|การ(?!ณ)|ของ(?!ค)|ความ|จาก|ด้วย|ต่อ|ตาม|หรือ|อย่าง"
# Common words of the assessment that hold such a start inside and stay whole.
_WHOLE = """
    กรรมการ กระบวนการ แก้ไข ขับเคลื่อน ความเสี่ยง คัดเลือก คิดเห็น โครงการ จัดการ เจ้าหน้าที่ ดำเนิน ดำเนินการ ติดตาม
    ติดต่อ ตำแหน่ง เทคโนโลยี เท่าเทียม นโยบาย นอกเหนือ แนวโน้ม บริการ บิดเบือน ประเด็น ประเพณี ประเภท ประเมิน ประโยชน์
    โปร่งใส เผยแพร่ ภายใน ภาคเอกชน มาตรการ ระยะเวลา ราชการ รายการ รายเดือน ร้องเรียน ส่งเสริม สำเร็จ หลักเกณฑ์ ออนไลน์
"""
_NOT_INSIDE = "".join(
    f"(?<!{word[:at]}(?={word[at:]}))" for word in _WHOLE.split() for at in range(1, len(word))
)

_BREAK = re.compile(rf"(?<=[\s/)\]}}”»])(?=[^\s/{_CLOSING}])|(?<=[^{_OPENING}])(?={_STARTS}){_NOT_INSIDE}")
_CLUSTER = re.compile(rf"[{_OPENING}]*.[\s{_CLOSING}]*")


def to_arabic_digits(text: str) -> str:
    """Return the text with ๐–๙ as 0–9; everything else stays."""
    return text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """Return the text with 0–9 as ๐–๙; everything else stays."""
    return text.translate(_TO_THAI)


def be_to_ce(year: int) -> int:
    """Return the C.E. year of a B.E. year (2567 → 2024).

    Raises ValueError, in Thai, outside FIRST_BE–LAST_BE: the year was probably C.E. already.
    """
    if not FIRST_BE <= year <= LAST_BE:
        raise ValueError(f"ปี {year} ไม่ใช่ปี พ.ศ. ระหว่าง {FIRST_BE}–{LAST_BE}")
    return year - BE_OFFSET


def ce_to_be(year: int) -> int:
    """Return the B.E. year of a C.E. year (2024 → 2567).

    Raises ValueError, in Thai, outside the C.E. years of that range: the year was probably B.E. already.
    """
    if not FIRST_BE <= year + BE_OFFSET <= LAST_BE:
        raise ValueError(f"ปี {year} ไม่ใช่ปี ค.ศ. ระหว่าง {FIRST_BE - BE_OFFSET}–{LAST_BE - BE_OFFSET}")
    return year + BE_OFFSET


def clean(text: str) -> str:
    """Return the text on one line as it is meant to be shown: the same words and digits, characters repaired.

    Invisible characters go, every run of spaces and line ends becomes one space, a sara am or sara ae written
    in two characters becomes one. No letter is exchanged for another: which of ฎ and ฏ is right is not known.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = _SARA_AM.sub("\\1\\2\u0e33", text).replace("เเ", "แ")
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return a key that is equal for two writings of the same words. Compare keys with keys, never show one.

    Beyond ``clean``, ฏ counts as ฎ, Thai digits as Arabic, capitals as small letters; and a space beside a
    Thai character (ๆ and ฯ too) does not count, for Thai puts none between words and PDF files put any.
    A word shortened with ฯ stays different from the full word: what it stands for is not known here.
    """
    text = to_arabic_digits(clean(text)).replace("ฏ", "ฎ").casefold()
    return _SPACE_BESIDE_THAI.sub("", text)


def wrap_label(text: str, width: int) -> list[str]:
    """Return the lines of a label, ``width`` columns wide where Thai allows (marks on letters take none).

    Lines break after spaces, slashes and closing brackets, before a leading vowel (เ แ โ ใ ไ) and before some
    common words, never inside a syllable. What lies between stays whole up to twice the width; only what is
    longer is cut, between letters. The lines hold every character but the spaces at their ends.
    A blank text has no lines. Raises ValueError, in Thai, for a width below 1.
    """
    if width < 1:
        raise ValueError(f"ความกว้างของบรรทัดต้องไม่น้อยกว่า 1 แต่ได้รับ {width}")
    lines: list[str] = []
    line = ""
    for run in _BREAK.split(text.strip()):
        for piece in [run] if _columns(run) <= 2 * width else _CLUSTER.findall(run):
            if line and _columns(line + piece) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
    return [*lines, line] if line else lines


def _columns(text: str) -> int:
    """Return the columns a text takes: its characters but marks, invisible ones and spaces at the end."""
    return sum(unicodedata.category(char) not in {"Mn", "Me", "Cf"} for char in text.rstrip())
