"""การเปลี่ยนแปลง: who moved beyond what was to be expected between two years, and which parts moved them."""

import streamlit as st

from dashboard import data, full_table, session, view
from dashboard.listing import Asked
from dashboard.panels import movers as panel
from dashboard.panels import places, years
from dashboard.views import changes, decomposition, movers, uncertainty
from dashboard.views.between import Between, between

chosen, group, known = session.selection(), session.group(), session.catalog()
view.header("การเปลี่ยนแปลง", "ระหว่างสองปี ใครเปลี่ยนมากกว่าที่คาดจากจุดตั้งต้น และเปลี่ยนเพราะส่วนใด")
breaks = data.query("breaks")


def show_movers(span: Between, counts: dict[str, float]) -> None:
    """Who moved beside what was to be expected, and the lists."""
    view.metrics(st.columns(4), movers.headline(counts))
    many = counts["n"] > movers.MOST_DRAWN
    asked = Asked("-change", rows=movers.MOST_DRAWN).parameters()
    followed = f",{','.join(chosen.organisations)}," if many else ""
    rows = data.query("movers", **where, show="all", small=span.small, only=followed, **asked)
    bins = data.query("mover_bins", **where, width=movers.CELL) if many else None
    lines = data.query("expected_lines", from_year=span.from_year, to_year=span.to_year)
    kinds = data.query("kinds")
    names = dict(zip(kinds["type"], kinds["name_th"], strict=True))
    shown = movers.against_start(
        movers.classified(rows, span, chosen.organisations),
        bins,
        counts,
        lines,
        names,
        group,
        span,
        chosen.focus,
        stretched=chosen.stretched,
    )
    view.show(shown)
    panel.show_lists(shown, counts, where, span)


def show_why(span: Between, n: int) -> None:
    """What moved the overall: of the body the user is about, and of the group on average."""
    body = None
    if chosen.focus:
        own = [
            data.query("bodies_parts", organisations=f",{chosen.focus},", fiscal_year=year) for year in both
        ]
        trees = [data.query("parts", fiscal_year=year) for year in both]
        name = known.names([chosen.focus])[chosen.focus]
        body = decomposition.waterfall(chosen.focus, name, *own, *trees, span)
        view.show_or_say(body, f"{name} ไม่มีคะแนนรวมกับตัวชี้วัดหรือเครื่องมือครบทั้งสองปี จึงแยกสาเหตุไม่ได้")
    for level in span.levels:
        rows = data.query("group_contributions", **where, level=level)
        if len(rows) > 1:  # the whole and its parts
            break
    shown = decomposition.of_group(rows, n, group, span, body)
    view.show_or_say(shown, "ไม่มีหน่วยงานใดของกลุ่มที่ทราบตัวชี้วัดหรือเครื่องมือครบทั้งสองปี จึงแยกสาเหตุไม่ได้")


if chosen.year is None:
    view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
else:
    places.breadcrumb()
    pairs = data.query("change_pairs", place=group.place, kind=group.kind, part="overall", level="overall")
    both = years.choose_years(pairs, chosen, list(known.years))
    if both is None:
        view.nothing(f"ไม่มีปีก่อนหน้า {chosen.year} ให้เทียบ", "เลือกปีที่ใหม่กว่าในช่อง “ถึงปี” หรือ")
        years.offer_pairs(pairs)
    else:
        span = between(data.query("editions"), breaks, *both)
        where = {"place": group.place, "kind": group.kind, "from_year": both[0], "to_year": both[1]}
        crossed = breaks[(breaks["fiscal_year"] > both[0]) & (breaks["fiscal_year"] <= both[1])]
        counts = data.query("mover_counts", **where, small=span.small).to_dict("records")[0]
        if span.level is None:
            reasons = " · ".join(crossed["reason_th"])
            view.nothing(f"ปี {both[0]} กับ {both[1]}: วิธีการเปลี่ยน เทียบไม่ได้ ({reasons})", "เลือกคู่ปีอื่น เช่น")
            years.offer_pairs(pairs)
        elif not counts["n"]:
            view.nothing(
                f"ไม่มีหน่วยงานใดของกลุ่ม “{group.label}” ที่มีคะแนนรวมทั้งปี {both[0]} และปี {both[1]}",
                "คู่ปีที่มีข้อมูลและเทียบกันได้:" if pairs["allowed"].any() else view.ELSEWHERE,
            )
            years.offer_pairs(pairs)
        else:
            if len(crossed):
                st.warning(view.escape(changes.crossed_words(crossed)), icon=":material/warning:")
            show_movers(span, counts)
            st.divider()
            transitions = data.query("grade_transitions", **where)
            view.show_or_say(
                movers.grade_transitions(transitions, data.query("grade_levels"), group, span),
                "ไม่มีหน่วยงานใดที่จัดระดับได้ทั้งสองปี",
            )
            st.divider()
            show_why(span, int(counts["n"]))
            st.divider()
            mark = data.pass_mark(both[1])
            full_table.show(uncertainty.uncertainty(crossed, mark, group, int(counts["n"]), span))
view.footer()
