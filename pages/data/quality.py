"""คุณภาพข้อมูล: what the checks found, what waits for a person, how much of the country is loaded."""

import pandas as pd
import streamlit as st

from dashboard import data, full_table, session, text, view
from dashboard.charts import coverage_levels, findings_per_check
from dashboard.selection import ALL, MOST_ORGANISATIONS, Group
from ita_data import thai
from warehouse import build

PER_PAGE = 20
# The badge's colour repeats what its word says.
BADGES = {
    "fatal": ":red-badge[:material/block: {}]",
    "high": ":orange-badge[:material/priority_high: {}]",
    "medium": ":blue-badge[:material/info: {}]",
    "hint": ":gray-badge[:material/lightbulb: {}]",
}
MEANINGS = {
    "fatal": "ถ้าพบ ระบบไม่สร้างคลังข้อมูล",
    "high": "ควรตรวจกับต้นฉบับก่อนอ้างคะแนน",
    "medium": "ใช้ได้โดยมีข้อจำกัด",
    "hint": "อาจไม่ใช่ความผิด ตรวจเมื่อมีเวลา",
}
COLUMNS = {
    "severity_th": "ความรุนแรง",
    "title_th": "การตรวจ",
    "label_th": "หน่วยงาน",
    "fiscal_year": "ปีงบประมาณ",
    "part_th": "รายการ",
    "message_th": "ข้อค้นพบ",
    "value": "ค่าที่พบ",
    "expected": "ค่าที่ใช้เทียบ",
    "source_th": "แหล่งข้อมูล",
    "source_row": "ตำแหน่งในแหล่ง",
}

known = session.catalog()
everybody = session.group_of(ALL, ALL)


@st.cache_data(max_entries=4, show_spinner=False)
def prepared(build_id: str) -> pd.DataFrame:
    """All findings of a build in the words of the page, with a folded text to search in."""
    found = data.query("findings")
    names = {
        (int(year), row.part): text.part_label(row.part, row.name_th)
        for year in found["fiscal_year"].dropna().unique()
        for row in data.query("parts", fiscal_year=int(year)).itertuples()
    }
    part_th = [
        names.get((int(year), part), part) if pd.notna(year) and pd.notna(part) else None
        for year, part in zip(found["fiscal_year"], found["part"], strict=True)
    ]
    found = found.assign(
        fiscal_year=found["fiscal_year"].astype("Int64"),
        severity_th=found["severity"].map(text.SEVERITIES),
        part_th=pd.Series(part_th, index=found.index, dtype="object"),
    )
    searched = found[["title_th", "label_th", "part_th", "message_th", "source_th", "source_row"]].fillna("")
    return found.assign(
        folded=[thai.fold(" ".join(row)) for row in searched.itertuples(index=False, name=None)]
    )


def members(group: Group) -> pd.Index:
    """The ids of the bodies of a group, whatever years they have scores for."""
    bodies = known.organisations
    if group.place != ALL:
        bodies = bodies[(bodies["region_code"] == group.place) | (bodies["province_iso"] == group.place)]
    if group.kind != ALL:
        bodies = bodies[(bodies["sector"] == group.kind) | (bodies["type"] == group.kind)]
    return bodies.index


def chosen_findings(found: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The findings left by the filters, which stand here.

    The options come from `every` finding of the build, so that a choice survives a change of the group.
    """
    bodies = every.dropna(subset=["organisation_id"]).drop_duplicates("organisation_id")
    labels = dict(zip(bodies["organisation_id"], bodies["label_th"], strict=True))
    years = sorted(every["fiscal_year"].dropna().unique(), reverse=True)
    titles = dict(zip(every["check_code"], every["title_th"], strict=True))
    top, bottom = st.columns([3, 2]), st.columns([2, 3, 1])
    words = top[0].text_input(
        "ค้นในข้อค้นพบ",
        placeholder="เช่น เขวาใหญ่ E2 (เลขไทยหรือเว้นวรรคต่างกันก็พบ)",
        icon=":material/search:",
        key="quality_words",
        persist_state="session",
    )
    severities = top[1].pills(
        "ความรุนแรง",
        [code for code in text.SEVERITIES if code in set(every["severity"])],
        selection_mode="multi",
        format_func=text.SEVERITIES.__getitem__,
        key="quality_severities",
        persist_state="session",
    )
    checks = bottom[0].multiselect(
        "การตรวจ",
        list(titles),
        format_func=titles.__getitem__,
        placeholder="ทุกการตรวจ",
        key="quality_checks",
        persist_state="session",
    )
    organisations = bottom[1].multiselect(
        "หน่วยงาน",
        sorted(labels, key=lambda one: known.organisations.at[one, "name_order"]),
        format_func=labels.__getitem__,
        placeholder="ทุกหน่วยงาน",
        key="quality_organisations",
        persist_state="session",
    )
    wanted_years = bottom[2].multiselect(
        "ปีงบประมาณ", years, placeholder="ทุกปี", key="quality_years", persist_state="session"
    )
    for wanted, column in (
        (severities, "severity"),
        (checks, "check_code"),
        (organisations, "organisation_id"),
        (wanted_years, "fiscal_year"),
    ):
        if wanted:
            found = found[found[column].isin(wanted)]
    for word in thai.clean(words or "").split():
        found = found[found["folded"].str.contains(thai.fold(word), regex=False)]
    return found


def severities(found: pd.DataFrame) -> None:
    """How many findings of each severity, and what a severity means."""
    for column, (code, name) in zip(st.columns(len(text.SEVERITIES)), text.SEVERITIES.items(), strict=True):
        column.metric(name, f"{int((found['severity'] == code).sum()):,} ข้อ", border=True)
        column.caption(MEANINGS[code])


def span(found: pd.DataFrame) -> str:
    """The years of the findings in words."""
    years = found["fiscal_year"].dropna()
    if years.empty:
        return "ทุกปี"
    return f"{years.min()}" if years.min() == years.max() else f"{years.min()}–{years.max()}"


def per_check(found: pd.DataFrame, group: Group) -> view.View:
    """How many findings each check has."""
    counts = (
        found.groupby(["check_code", "title_th", "severity_th"], sort=False, as_index=False)
        .size()
        .rename(columns={"size": "n"})
    )
    clean = [check.title_th for check in build.checks() if check.code not in set(counts["check_code"])]
    most = counts.sort_values("n", ascending=False, kind="stable").iloc[0]
    return view.View(
        key="checks",
        title="จำนวนข้อค้นพบแยกตามการตรวจ",
        sentence=(
            f"พบ {len(found):,} ข้อจาก {len(counts)} การตรวจ เกี่ยวกับ {found['organisation_id'].nunique():,} "
            f"จาก {len(members(group)):,} หน่วยงาน ที่พบมากที่สุดคือ “{most.title_th}” {most.n:,} ข้อ"
        ),
        frame=counts[["severity_th", "title_th", "n"]].set_axis(
            ["ความรุนแรง", "การตรวจ", "จำนวน (ข้อ)"], axis=1
        ),
        figure=findings_per_check.chart(counts),
        group=group,
        n=len(members(group)),
        years=span(found),
        notes=(f"ตรวจแล้วไม่พบ {len(clean)} การตรวจ: {' · '.join(clean)}" if clean else "",),
    )


def findings(found: pd.DataFrame, n_all: int, group: Group) -> view.View:
    """The findings the filters leave, in full."""
    part = "ทั้งหมด" if len(found) == n_all else f"จาก {n_all:,} ข้อ"
    return view.View(
        key="findings",
        title="ข้อค้นพบ",
        sentence=f"แสดง {len(found):,} ข้อ{part if part == 'ทั้งหมด' else ' ' + part} เรียงจากความรุนแรงมากไปน้อย",
        frame=found[list(COLUMNS)].rename(columns=COLUMNS),
        group=group,
        n=len(members(group)),
        years=span(found),
        notes=("ข้อค้นพบไม่เปลี่ยนคะแนนใด ระบบใช้ค่าที่เผยแพร่เสมอ",),
    )


def card(row: object) -> None:
    """One finding in full, with where to look and a way to the body."""
    about = [
        "ยังไม่ผูกกับหน่วยงานใด" if pd.isna(row.label_th) else row.label_th,
        "" if pd.isna(row.fiscal_year) else f"ปี {row.fiscal_year}",
        "" if pd.isna(row.part_th) else row.part_th,
    ]
    facts = [
        "" if pd.isna(row.value) else f"ค่าที่พบ {text.points(row.value)}",
        "" if pd.isna(row.expected) else f"ค่าที่ใช้เทียบ {text.points(row.expected)}",
        "" if pd.isna(row.source_th) else f"แหล่ง: {row.source_th}",
        "" if pd.isna(row.source_row) else f"ตำแหน่ง: {row.source_row}",
    ]
    with st.container(border=True, gap="xsmall"):
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.markdown(
            f"{BADGES[row.severity].format(row.severity_th)} **{view.escape(row.title_th)}**  \n"
            + view.escape(" · ".join(filter(None, about)))
        )
        words.markdown(view.escape(row.message_th))
        if any(facts):
            words.caption(view.escape(" · ".join(filter(None, facts))))
        if pd.isna(row.organisation_id):
            return
        if action.button(
            "เปิดหน่วยงาน", key=f"open_{row.finding_id}", icon=":material/account_balance:", width="stretch"
        ):
            open_body(row)


def open_body(row: object) -> None:
    """Go to the body of a finding, at its year and part where it has them."""
    others = [one for one in session.selection().organisations if one != row.organisation_id]
    changes: dict[str, object] = {"organisations": (row.organisation_id, *others)[:MOST_ORGANISATIONS]}
    if pd.notna(row.fiscal_year) and int(row.fiscal_year) in known.years:
        changes["year"] = int(row.fiscal_year)
    if row.part in known.parts:
        changes["part"] = row.part
    session.open_page(view.ORGANISATION_PAGE, **changes)


def waiting(found: pd.DataFrame) -> None:
    """What only a person can say: whose a figure is, where a body lies."""
    unresolved = data.query("unresolved_scores")
    homeless = found[found["check_code"] == "no_province"]
    if unresolved.empty and homeless.empty:
        st.subheader("รอการระบุ", anchor=False)
        st.markdown("ไม่มีคะแนนหรือหน่วยงานที่รอการระบุ")
        return
    names = {
        year: dict(zip(parts["part"], parts["name_th"], strict=True))
        for year in unresolved["fiscal_year"].unique()
        for parts in [data.query("parts", fiscal_year=int(year))]
    }
    scores = pd.DataFrame(
        {
            "สิ่งที่รอ": "คะแนนของใคร",
            "ชื่อในแหล่ง": unresolved["name_th"],
            "ปีงบประมาณ": unresolved["fiscal_year"].astype("Int64"),
            "รายการ": [
                text.part_label(part, names[year].get(part, part))
                for year, part in zip(unresolved["fiscal_year"], unresolved["part"], strict=True)
            ],
            "ค่า": unresolved["value"],
            "ทำไมยังไม่ใช้": unresolved["why_th"],
            "แหล่งข้อมูล": unresolved["source_th"] + " · " + unresolved["source_row"],
        }
    )
    places = pd.DataFrame(
        {
            "สิ่งที่รอ": "จังหวัดของหน่วยงาน",
            "ชื่อในแหล่ง": homeless["label_th"],
            "ทำไมยังไม่ใช้": [known.organisations.at[one, "note_th"] for one in homeless["organisation_id"]],
        }
    )
    frame = pd.concat(
        [scores, places.reindex(columns=scores.columns).astype(scores.dtypes)], ignore_index=True
    )
    full_table.show(
        view.View(
            key="waiting",
            title="รอการระบุ",
            sentence=(
                f"มี {len(unresolved):,} คะแนนที่ยังไม่ทราบว่าเป็นของใคร "
                f"และ {len(homeless):,} หน่วยงานที่ยังไม่ทราบจังหวัด ระบบไม่เดา จึงต้องให้ผู้รู้ระบุ"
            ),
            frame=frame,
            group=everybody,
            n=len(known.organisations),
            years=span(frame.rename(columns={"ปีงบประมาณ": "fiscal_year"})),
            notes=(
                "เมื่อทราบแล้ว ให้ผู้ดูแลข้อมูลเติมในชุดข้อมูล (จังหวัดในแฟ้ม organisations.csv "
                "คะแนนย้ายจาก unresolved.csv ไป scores.csv หรือ group_scores.csv) แล้วสร้างคลังข้อมูลใหม่",
            ),
        )
    )


def coverage() -> None:
    """How much of every year is loaded, and how deep it reaches."""
    levels = data.query("coverage_levels")
    years = data.query("coverage_years")
    if not years["n_scores"].sum():
        view.nothing("คลังข้อมูลยังไม่มีคะแนน", "นำเข้าชุดข้อมูล แล้วสร้างคลังด้วยคำสั่ง python -m warehouse build")
        return
    fullest = next(
        years.nlargest(1, ["n_overall", "fiscal_year"]).astype({"n_organisations": "Int64"}).itertuples()
    )
    share = "" if pd.isna(fullest.n_organisations) else f" จาก {fullest.n_organisations:,} แห่งที่ประเมินทั้งประเทศ"
    sentence = f"ปีที่มีข้อมูลมากที่สุดคือ {fullest.fiscal_year} มีคะแนนรวม {fullest.n_overall:,} แห่ง{share}"
    if fullest.n_overall == 0:
        sentence = "คลังข้อมูลยังไม่มีคะแนนรวมของหน่วยงานใด"
    scored = levels.groupby("level")["n_bodies"].sum()
    left, right = st.columns([4, 5], gap="medium")
    with left:
        view.show(
            view.View(
                key="levels",
                title="ข้อมูลลงลึกถึงระดับใด",
                sentence=(
                    f"คลังข้อมูลมีคะแนนรายข้อที่เผยแพร่ {scored['item']:,} ชุด และคะแนนรวม {scored['overall']:,} ชุด "
                    "(หนึ่งชุดคือหนึ่งหน่วยงานในหนึ่งปี)"
                ),
                frame=levels.assign(level=levels["level"].map(text.LEVELS))[
                    ["fiscal_year", "level", "n_parts", "n_bodies", "n_scores"]
                ].set_axis(
                    ["ปีงบประมาณ", "ระดับ", "จำนวนรายการในกรอบ", "หน่วยงานที่มีคะแนน", "จำนวนคะแนน"], axis=1
                ),
                figure=coverage_levels.chart(levels, text.LEVELS),
                group=everybody,
                n=len(known.organisations),
                years=f"{years['fiscal_year'].min()}–{years['fiscal_year'].max()}",
                notes=("ตัวเลขคือจำนวนหน่วยงานที่มีคะแนนเผยแพร่ในระดับนั้น ขีดคือกรอบของปีนั้นไม่มีหรือยังไม่ทราบระดับนั้น",),
            )
        )
    with right:
        full_table.show(
            view.View(
                key="coverage",
                title="ความครอบคลุมรายปี",
                sentence=sentence,
                frame=years[
                    [
                        "fiscal_year",
                        "n_bodies",
                        "n_overall",
                        "n_organisations",
                        "share_overall",
                        "n_scores",
                        "n_items",
                    ]
                ]
                .astype({"n_organisations": "Int64"})
                .set_axis(
                    [
                        "ปี",
                        "หน่วยงาน",
                        "มีคะแนนรวม",
                        "ประเมินทั้งประเทศ",
                        "ร้อยละ",
                        "คะแนนทั้งหมด",
                        "คะแนนรายข้อ",
                    ],
                    axis=1,
                ),
                group=everybody,
                n=len(known.organisations),
                years=f"{years['fiscal_year'].min()}–{years['fiscal_year'].max()}",
                notes=(
                    "ร้อยละคือหน่วยงานที่มีคะแนนรวมเทียบกับที่ประเมินทั้งประเทศ ขีดคือไม่พบตัวเลขระดับประเทศของปีนั้น "
                    "กลุ่มหน่วยงานในคลังไม่ใช่ตัวแทนของประเทศ",
                ),
            )
        )


view.header("คุณภาพข้อมูล", "ข้อมูลใดควรตรวจก่อนใช้ อะไรรอคนระบุ และคลังข้อมูลครอบคลุมเพียงใด")
every = found = prepared(data.build_info().build_id)
st.info(
    "ข้อค้นพบไม่เปลี่ยนคะแนนใด ระบบแสดงค่าที่เผยแพร่เสมอ  \n"
    "สิ่งที่ควรทำ: เปิดต้นฉบับตามตำแหน่งที่บอกไว้ ถ้านำเข้าผิดให้แก้ชุดข้อมูลแล้วสร้างคลังใหม่ "
    "ถ้าต้นฉบับผิดให้แจ้งหน่วยงานเจ้าของเอกสาร ถ้าตรวจแล้วถูกต้องปล่อยไว้ได้",
    icon=":material/rule:",
)
only_group = st.toggle(
    f"เฉพาะกลุ่มในตัวกรอง ({session.group().label})", key="quality_only_group", persist_state="session"
)
group = session.group() if only_group else everybody
if only_group:
    found = found[found["organisation_id"].isin(members(group))]
    st.caption("ไม่รวมข้อค้นพบที่ยังไม่ผูกกับหน่วยงานใด ปีในแถบตัวกรองไม่มีผลกับหน้านี้")
severities(found)
if found.empty:
    view.nothing(
        f"ไม่มีข้อค้นพบของกลุ่ม “{group.label}”" if only_group else "การตรวจทุกแบบไม่พบสิ่งผิดปกติในคลังข้อมูลรุ่นนี้",
        "ปิดตัวเลือก “เฉพาะกลุ่มในตัวกรอง” เพื่อดูทุกหน่วยงาน" if only_group else "ดูความครอบคลุมของข้อมูลด้านล่าง",
    )
else:
    view.show(per_check(found, group))
    st.divider()
    st.markdown("##### เลือกข้อค้นพบ")
    left_over = chosen_findings(found, every)
    if left_over.empty:
        view.nothing("ไม่มีข้อค้นพบตามตัวเลือกนี้", "ลบคำค้นหรือตัวเลือกบางตัว")
    else:
        view.show(findings(left_over, len(found), group))
        pages = -(-len(left_over) // PER_PAGE)
        page = st.pagination(pages, key=f"quality_page_{pages}") if pages > 1 else 1
        for row in left_over.iloc[(page - 1) * PER_PAGE : page * PER_PAGE].itertuples():
            card(row)
st.divider()
waiting(every)
st.divider()
coverage()
view.footer()
