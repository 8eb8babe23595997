"""The report of one body, read whole: its scores, grade, change, measures, results, and the names it uses.

`years` and `bodies` say when and whom it is about, `parts` what a label means, `tables` and `prose` take the
figures, `stands` decides between prints of one figure, `measures` reads what is to be done and was done.
"""

import hashlib
from collections.abc import Mapping, Sequence

import pandas as pd

from ita_data.edition import Edition
from ita_data.readers.blocks import Block, Blocks, Paragraph, Place, Row, Unreadable, read_blocks
from ita_data.readers.documents.bodies import Mention, Names, NameSpan, find_body, find_mentions
from ita_data.readers.documents.found import Found, Sink
from ita_data.readers.documents.letters import named_by_letters
from ita_data.readers.documents.measures import Measure, Measures, printed_parts, sequence, split_tables
from ita_data.readers.documents.prose import Where, read_prose
from ita_data.readers.documents.stands import settle
from ita_data.readers.documents.tables import Tables
from ita_data.readers.documents.years import Years, find_years
from ita_data.readers.reading import (
    BODY_COLUMNS,
    SCORE_COLUMNS,
    Problem,
    Reading,
    Recognised,
    no_bodies,
    no_scores,
)

COLUMNS = {
    "printed_grades": {"mention": "int64", "fiscal_year": "int64", "printed_grade": "object"},
    "printed_changes": {
        "mention": "int64",
        "fiscal_year": "int64",
        "from_year": "int64",
        "change": "float64",
    },
    "source_names": {"mention": "int64", "printed_name": "object"},
    "measures": {
        "measure_id": "object",
        "mention": "int64",
        "plan_year": "Int64",
        "assessed_year": "Int64",
        "seq": "int64",
        "title_th": "object",
        "responsible_unit_th": "object",
        "period_th": "object",
        "follow_up_th": "object",
    },
    "measure_indicators": {"measure_id": "object", "part": "object", "basis": "object"},
    "measure_results": {"measure_id": "object", "done_th": "object", "advice_th": "object"},
}
"""The columns of the tables in ``Reading.extra``; each has ``sheet`` and ``row`` behind them."""
_PLACE = {"sheet": "object", "row": "int64"}


def read_document(
    name: str, data: bytes, editions: Mapping[int, Edition], *, fiscal_year: int | None = None
) -> Reading:
    """Return what the report of one body holds: text, Markdown, HTML, DOCX or PDF with a text layer.

    ``name`` is the file's name; ``fiscal_year`` (B.E.) is the year of its results where the user says so,
    else it is taken from the text. Mention 0 is the document's body, its name None where the document does
    not tell; a score whose sentence names another body has that body's mention. Places are rows of the text,
    or paragraph, table or page (``sheet``) and row. Never raises for a file: what is wrong is a problem.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        blocks = read_blocks(name, data)
    except Unreadable as error:
        problem = Problem("error", error.code, name, error.message_th, error.advice_th)
        return Reading(name, digest, "document", no_scores(), no_bodies(), (problem,))
    return _read(name, digest, blocks, editions, fiscal_year)


def _read(
    name: str, digest: str, source: Blocks, editions: Mapping[int, Edition], given: int | None
) -> Reading:
    blocks = source.blocks
    names = Names(blocks)
    mentions = find_mentions(blocks, names)
    body, rivals = find_body(blocks, mentions)
    years = find_years(blocks, given)
    sink = Sink(name, editions, names, body)
    for remark in source.remarks:
        sink.problem("warning", remark.code, remark.message_th, remark.advice_th, remark.place)
    sink.letters = {year: named_by_letters(blocks, edition) for year, edition in editions.items()}

    measures = _figures(sink, blocks, years)
    found = settle(sink)
    _say_what_is_missing(sink, found, measures, years, rivals, mentions)

    others = list({score.other.key: score.other for score in found if score.other is not None}.values())
    extra = _extra(sink, years, measures, mentions)
    return Reading(
        file=name,
        sha256=digest,
        kind="document",
        scores=_scores(found, others),
        bodies=_bodies(sink, blocks, others, found),
        problems=tuple(sink.problems),
        recognised=(_recognised(name, blocks, years, given, sink, found, measures),),
        extra=extra,
    )


def _figures(sink: Sink, blocks: Sequence[Block], years: Years) -> list[Measure]:
    """Read every block in order; return the measures."""
    tables, measures = Tables(sink), Measures()
    above: list[str] = []
    for index, block in enumerate(blocks):
        here = years.section[index]
        year = here[0] if here else None
        if isinstance(block, Paragraph):
            read_prose(sink, block.text, Where(block.place_at, None, index, year, tuple(above[-2:])))
            above.append(block.text)
            measures.pass_by(block.text)
            tables.pass_by(block.text)
            continue
        for table in split_tables(block):
            if measures.read(table):
                tables.interrupt()
                continue
            measures.interrupt()
            if not tables.read(table, index, year):
                _not_understood(sink, table.rows[0])
    tables.finish()
    return measures.measures


def _not_understood(sink: Sink, first: Row) -> None:
    shown = " · ".join(filter(None, first.cells))
    sink.problem(
        "info",
        "table_not_understood",
        f"ตารางนี้ไม่ใช่คะแนนหรือมาตรการ จึงไม่ได้นำเข้า (“{shown[:120]}”)",
        "ถ้ามีคะแนนอยู่ในตารางนี้ ให้กรอกในแบบตาราง",
        first.place,
    )


def _say_what_is_missing(
    sink: Sink,
    found: Sequence[Found],
    measures: Sequence[Measure],
    years: Years,
    rivals: Sequence[str],
    mentions: Sequence[Mention],
) -> None:
    if not found and not measures:
        sink.problem(
            "error",
            "nothing_found",
            "ไม่พบคะแนนหรือมาตรการในเอกสารนี้",
            "ตรวจว่าเป็นรายงานผล ITA ของหน่วยงาน หรือกรอกคะแนนในแบบตาราง",
        )
        return
    if rivals:
        sink.problem(
            "error",
            "body_unclear",
            f"เอกสารพิมพ์ชื่อหลายหน่วยงานเท่า ๆ กัน: {', '.join(rivals)}",
            "เลือกหน่วยงานเจ้าของเอกสาร",
            value=", ".join(rivals),
        )
    elif sink.body is None:
        sink.problem("error", "no_body", "ไม่พบชื่อหน่วยงานในเอกสาร", "เลือกหน่วยงานเจ้าของเอกสาร")
    if measures and years.plan is None:
        sink.problem("error", "no_plan_year", "ไม่พบปีงบประมาณของมาตรการ", "บอกปีของมาตรการ", measures[0].place)
    if measures and years.assessed is None:
        sink.problem(
            "warning",
            "no_assessed_year",
            "ไม่พบปีของผลการประเมินที่มาตรการใช้",
            "บอกปีของผลการประเมิน",
            measures[0].place,
        )
    _other_names(sink, mentions)
    for year in dict.fromkeys(grade.year for grade in sink.grades):
        printed = list(dict.fromkeys(grade.printed for grade in sink.grades if grade.year == year))
        if len(printed) > 1:
            place = next(grade.place for grade in sink.grades if grade.printed == printed[1])
            sink.problem(
                "error",
                "grades_differ",
                f"ค่าขัดกันในเอกสารเดียวกัน: ระดับผลปี {year} พิมพ์ไว้ {' / '.join(printed)} จึงยังไม่ใช้ค่าใด",
                "เลือกระดับที่ถูกต้อง",
                place,
                value=" / ".join(printed),
            )


def _other_names(sink: Sink, mentions: Sequence[Mention]) -> None:
    """Note each other body's name once, with how often it stands there."""
    if sink.body is None:
        return
    others: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if mention.span.key != sink.body.key:
            others.setdefault(mention.span.key, []).append(mention)
    for same in others.values():
        rows = ", ".join(dict.fromkeys(f"{one.place.sheet or 'บรรทัด'} {one.place.row}" for one in same))
        sink.problem(
            "warning",
            "other_name_in_text",
            f"เอกสารของ {sink.body.printed} พิมพ์ชื่อ {same[0].span.printed} ด้วย ({rows})",
            "ตรวจว่าเป็นชื่อที่พิมพ์ผิด หรือเป็นหน่วยงานอื่นจริง",
            same[0].place,
            value=same[0].span.printed,
        )


# ---- tables of the reading


def _frame(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in columns.items()}
    )


def _at(place: Place) -> dict[str, object]:
    return {"sheet": place.sheet, "row": place.row}


def _scores(found: Sequence[Found], others: Sequence[NameSpan]) -> pd.DataFrame:
    mention = {other.key: number for number, other in enumerate(others, start=1)}
    rows = [
        {
            "mention": mention[score.other.key] if score.other else 0,
            "fiscal_year": score.year,
            "part": score.part,
            "respondents": score.respondents,
            "value": score.value,
            "printed": score.printed,
            "stands": score.stands,
            "column": score.column,
            **_at(score.place),
        }
        for score in found
    ]
    return _frame(rows, SCORE_COLUMNS)


def _bodies(
    sink: Sink, blocks: Sequence[Block], others: Sequence[NameSpan], found: Sequence[Found]
) -> pd.DataFrame:
    own = sink.body
    rows: list[dict[str, object]] = [
        {
            "mention": 0,
            "name": own.printed if own else None,
            "type_name": own.form if own else None,
            "district": own.district if own else None,
            "province": own.province if own else None,
            "code": None,
            **_at(own.place if own else Place(1)),
        }
    ]
    for number, other in enumerate(others, start=1):
        first = next(score.place for score in found if score.other and score.other.key == other.key)
        rows.append(
            {
                "mention": number,
                "name": other.printed,
                "type_name": other.form,
                "district": None,
                "province": None,
                "code": None,
                **_at(first),
            }
        )
    return _frame(rows, BODY_COLUMNS)


def _extra(
    sink: Sink, years: Years, measures: Sequence[Measure], mentions: Sequence[Mention]
) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in COLUMNS}
    for year in dict.fromkeys(grade.year for grade in sink.grades):
        grades = [grade for grade in sink.grades if grade.year == year]
        if len({grade.printed for grade in grades}) == 1:
            rows["printed_grades"].append(
                {
                    "mention": 0,
                    "fiscal_year": year,
                    "printed_grade": grades[0].printed,
                    **_at(grades[0].place),
                }
            )
    for change in dict.fromkeys(sink.changes):
        rows["printed_changes"].append(
            {
                "mention": 0,
                "fiscal_year": change.year,
                "from_year": change.from_year,
                "change": change.change,
                **_at(change.place),
            }
        )
    for printed, place in dict.fromkeys((mention.span.printed, mention.place) for mention in mentions):
        rows["source_names"].append({"mention": 0, "printed_name": printed, **_at(place)})
    for number, measure in zip(sequence(measures), measures, strict=True):
        measure_id = f"{years.plan or 'plan'}-{number:02d}"
        at = _at(measure.place)
        rows["measures"].append(
            {
                "measure_id": measure_id,
                "mention": 0,
                "plan_year": years.plan,
                "assessed_year": years.assessed,
                "seq": number,
                "title_th": measure.title,
                "responsible_unit_th": measure.text("unit"),
                "period_th": measure.text("period"),
                "follow_up_th": measure.text("follow_up"),
                **at,
            }
        )
        done, advice = measure.text("done"), measure.text("advice")
        if done or advice:
            rows["measure_results"].append(
                {"measure_id": measure_id, "done_th": done, "advice_th": advice, **at}
            )
        lexicon = sink.lexicon(years.assessed, measure.place)
        if lexicon is not None and years.assessed is not None:
            for part in printed_parts(measure, lexicon, sink.named_by(years.assessed)):
                rows["measure_indicators"].append(
                    {"measure_id": measure_id, "part": part, "basis": "printed", **at}
                )
    return {table: _frame(found, COLUMNS[table] | _PLACE) for table, found in rows.items()}


def _recognised(
    name: str,
    blocks: Sequence[Block],
    years: Years,
    given: int | None,
    sink: Sink,
    found: Sequence[Found],
    measures: Sequence[Measure],
) -> Recognised:
    notes = []
    if given is not None:
        notes.append(f"ปีของผลการประเมิน {given} ตามที่ผู้ใช้บอก")
    elif years.scored:
        notes.append(f"ปีของผลการประเมิน {', '.join(map(str, years.scored))} ตามที่พิมพ์ในเอกสาร")
    if years.plan is not None:
        notes.append(f"ปีของมาตรการ {years.plan} ตามที่พิมพ์ในเอกสาร")
    notes.append(
        f"คะแนน {len(found)} ค่า (ใช้ {sum(score.stands for score in found)}) มาตรการ {len(measures)} ข้อ"
    )
    notes += [
        problem.message_th
        for problem in sink.problems
        if problem.code == "contradiction" and problem.severity == "warning"
    ]
    return Recognised(
        sheet="",
        shape="document",
        header_row=0,
        first_row=1,
        last_row=len(blocks),
        columns={},
        scale={},
        fiscal_year=years.assessed,
        notes_th=tuple(notes),
    )


__all__ = ["COLUMNS", "read_document"]
