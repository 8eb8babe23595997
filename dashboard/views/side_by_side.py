"""Two to six bodies beside one another on every part, with the median of their group."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import heat_table, text
from dashboard.charts import side_by_side
from dashboard.heat_table import Column
from dashboard.number import GroupNumber, Numbers, codes, group_codes, of_bodies, of_group
from dashboard.selection import Catalog, Group
from dashboard.view import View
from dashboard.views.compare import DECIMALS, RECOMPUTED

TITLE = "เทียบกันตัวต่อตัว"
OFFERED = 3
ROOMY = 4  # bodies whose columns fit beside one another without a thought


def absence(organisations: Sequence[str], year: int, known: Catalog) -> str:
    """Which bodies have no data in the year, and when they have."""
    names = known.names(organisations)
    return f"ไม่มีข้อมูลปี {year}: " + ", ".join(f"{names[one]} ({_span(one, known)})" for one in organisations)


def _span(organisation_id: str, known: Catalog) -> str:
    """The years a body has data of, in words."""
    body = known.organisations.loc[organisation_id]
    if pd.isna(body["first_year"]):
        return "ยังไม่มีคะแนนในคลังข้อมูล"
    return f"มีข้อมูลปี {text.span([int(body['first_year']), int(body['last_year'])])}"


def rows_of(values: pd.DataFrame, parts: pd.DataFrame, spread: pd.DataFrame) -> pd.DataFrame:
    """The parts at least one of the bodies has, with the group's median and its n."""
    parts = parts[parts["part"].isin(set(values["part"]))]
    rows = parts[["part", "name_th", "level"]].merge(spread[["part", "median", "n"]], on="part", how="left")
    return rows.assign(
        label=[text.part_label(row.part, row.name_th) for row in rows.itertuples()],
        n=rows["n"].fillna(0).astype(int),
        median=rows["median"].where(rows["n"] > 1),  # of one body it would be that body again
    )


def side(
    values: pd.DataFrame,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    *,
    year: int,
    mark: float | None,
    missing: str,
    group: Group,
) -> View:
    """The bodies beside one another, without the picture; `missing` says who has no data, if anyone.

    `values` are of bodies_parts, `rows` of `rows_of`, `names` are the bodies with data in their order.
    """
    return View(
        key="side-by-side",
        title=TITLE,
        sentence=" · ".join(filter(None, [_sentence(values, names, rows, year), missing])),
        frame=_frame(values, rows, names),
        group=group,
        n=int(rows.loc[rows["part"] == "overall", "n"].sum()),
        years=f"{year}",
        notes=_notes(rows, values, mark, scale_low(values, mark)),
        numbers=_numbers(rows, names, year, group),
        points=True,
        about=GroupNumber(group, year, "overall", ("median", "count")),
    )


def figure(
    values: pd.DataFrame,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    mark: float | None,
    *,
    year: int,
    stretched: bool,
) -> go.Figure:
    """The picture of the view."""
    values = values.assign(number=codes(values, year, "part"))
    rows = rows.assign(number=group_codes(rows, year, "part"))
    return side_by_side.chart(rows, values, list(names.items()), mark, stretched=stretched)


def scale_low(values: pd.DataFrame, mark: float | None) -> float:
    """Where the colours of the table begin."""
    return heat_table.low_end(values["value"].min(), mark)


def _sentence(values: pd.DataFrame, names: Mapping[str, str], rows: pd.DataFrame, year: int) -> str:
    """Who is highest and lowest, and where the bodies differ most."""
    said = [f"ปี {year} หน่วยงานที่เลือกยังไม่มีคะแนนรวม"]
    overall = values[values["part"] == "overall"].sort_values("value", ascending=False)
    told = [f"{names[row.organisation_id]} {text.points(row.value)}" for row in overall.itertuples()]
    if told:
        words = f"สูงสุด {told[0]} ต่ำสุด {told[-1]}" if len(told) > 1 else told[0]
        middle = rows.loc[rows["part"] == "overall", "median"].iloc[0]
        said = [
            f"คะแนนรวมปี {year} ของแห่งที่เลือก: {words}"
            + ("" if pd.isna(middle) else f" มัธยฐานของกลุ่ม {text.points(middle)}")
        ]
    labels = rows[rows["level"] == "indicator"].set_index("part")["label"]
    spread = (
        values[values["part"].isin(list(labels.index))].groupby("part")["value"].agg(["min", "max", "count"])
    )
    spread = spread[spread["count"] > 1]
    if len(spread):
        widest = spread.loc[(spread["max"] - spread["min"]).idxmax()]
        between = f"{text.points(widest['min'])}–{text.points(widest['max'])}"
        said.append(f"ต่างกันมากที่สุดที่ {labels[widest.name]} ({between})")
    return " · ".join(said)


def _frame(values: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Parts as rows, bodies as columns, then the group; recomputed values are named in a last column."""
    numbers = values.pivot(index="part", columns="organisation_id", values="value").reindex(rows["part"])
    frame = pd.DataFrame(
        {
            "ส่วน": rows["label"].to_numpy(),
            **{name: numbers[one].to_numpy() for one, name in names.items()},
            "มัธยฐานของกลุ่ม": rows["median"].to_numpy(),
            "n ของกลุ่ม": rows["n"].to_numpy(),
        }
    )
    computed = values[values["basis"] == "recomputed"]
    if len(computed):
        frame[RECOMPUTED] = [
            ", ".join(names[one] for one in computed.loc[computed["part"] == part, "organisation_id"])
            for part in rows["part"]
        ]
    return frame.round(DECIMALS)


def _numbers(rows: pd.DataFrame, names: Mapping[str, str], year: int, group: Group) -> Numbers:
    """Whose numbers the cells are: the bodies', and the group's."""
    parts = list(rows["part"])
    return {
        **{name: of_bodies(body, year, parts) for body, name in names.items()},
        "มัธยฐานของกลุ่ม": of_group(group, year, parts, "median", "count"),
        "n ของกลุ่ม": of_group(group, year, parts, "count"),
    }


def _notes(rows: pd.DataFrame, values: pd.DataFrame, mark: float | None, low: float) -> list[str]:
    """What one must know to read the chart and the table."""
    first = "ไม่มีมัธยฐาน เพราะกลุ่มนี้มีคะแนนไม่ถึงสองแห่ง"
    if rows["median"].notna().any():
        first = "เส้นตั้งสั้นคือมัธยฐานของกลุ่ม เฉพาะส่วนที่มีคะแนนตั้งแต่สองแห่ง"
    if mark is not None:
        first += f" · เส้นประคือเกณฑ์ผ่าน {mark:g} ของคะแนนรวม ในแถวอื่นมีไว้ให้เทียบระดับเท่านั้น"
    notes = [first]
    if values["basis"].eq("recomputed").any():
        notes.append("เครื่องหมายกลวงในภาพ และ * ในตาราง คือค่าที่คำนวณจากส่วนย่อย เพราะไม่มีค่าที่เผยแพร่")
    if not rows["level"].eq("indicator").any():
        notes.append("หน่วยงานที่เลือกยังไม่มีคะแนนรายตัวชี้วัดในปีนี้")
    return [*notes, heat_table.scale_note(low)]


def table_columns(names: Mapping[str, str], known: Catalog, group: Group) -> dict[str, Column]:
    """How the columns of the table are drawn."""
    crowded = len(names) > ROOMY
    return {
        "ส่วน": Column("ส่วน", width=190 if crowded else 290, pinned=crowded),
        **{
            name: Column(
                name,
                help=known.label(body),
                width=heat_table.fitting([name], 90, 116 if crowded else 170),
                heat=True,
            )
            for body, name in names.items()
        },
        "มัธยฐานของกลุ่ม": Column("มัธยฐานกลุ่ม", help=group.label, width=100),
        "n ของกลุ่ม": Column("n กลุ่ม", help="จำนวนหน่วยงานของกลุ่มที่มีคะแนนส่วนนั้น", width=56),
    }


def recomputed(values: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Which points of the table are recomputed, under the names of its columns."""
    computed = values[values["basis"] == "recomputed"]
    return pd.DataFrame(
        {
            name: rows["part"].isin(computed.loc[computed["organisation_id"] == body, "part"])
            for body, name in names.items()
        }
    )


def offers(lowest: Sequence[str], highest: Sequence[str], chosen: Sequence[str]) -> dict[str, list[str]]:
    """Bodies of the group one may want beside one another, by the words of their button.

    `lowest` and `highest` are the first ids of the group by its overall from either end.
    """
    low, high = ([one for one in ids if one not in chosen] for ids in (lowest, highest))
    verb = "เทียบกับ" if chosen else "เลือก"
    found = {
        f"{verb} {len(low[:OFFERED])} แห่งที่คะแนนรวมต่ำสุดของกลุ่ม": low[:OFFERED],
        f"{verb}แห่งที่คะแนนรวมสูงสุดและต่ำสุดของกลุ่ม": [*high[:1], *low[:1]],
    }
    return {words: picked for words, picked in found.items() if len(set(picked)) > 1}
