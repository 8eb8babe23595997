"""The ready-made queue of a province: what a meeting about it usually looks at, in that order."""

from dashboard.meeting.queue import Entry, Queue, entry


def of_province(province: str, params: dict[str, str], lowest: str | None) -> Queue:
    """Overview, grades, movers, weakest items, who is below the pass mark, and the road of the lowest body.

    `params` say the year and the dataset, `lowest` is the body with the lowest overall, if any has one.
    """
    place = {**params, "place": province}

    def about(page: str, view: str, title: str) -> Entry:
        return entry(page, view, place, title)

    queue = (
        about("overview", "spread", "ภาพรวม: คะแนนรวมของทั้งจังหวัด"),
        about("overview", "grades", "ระดับรายปี"),
        about("movers", "movers", "ใครเปลี่ยนมากกว่าที่คาด"),
        about("weakest", "items-at-zero", "ข้อที่อ่อนที่สุด"),
        about("overview", "below", "ใครยังต่ำกว่าเกณฑ์ผ่าน"),
    )
    if lowest is None:
        return queue
    return (*queue, entry("road", "road", {**place, "orgs": lowest}, "ทางไปถึงเกณฑ์ของหน่วยงานที่คะแนนต่ำสุด"))
