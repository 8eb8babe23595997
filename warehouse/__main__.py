"""Command line: `python -m warehouse build | import | quarantine | resolve | versions | undo | check`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from ita_data.readers.mapping import MappingError
from ita_data.thai import FIRST_BE, LAST_BE
from warehouse import build, import_command, mappings, publish, warehouse

PAGE = 10_000
"""Findings read at a time."""


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    root = argparse.ArgumentParser(prog="python -m warehouse", description="คลังข้อมูลผลการประเมิน ITA")
    commands = root.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="สร้างคลังข้อมูลรุ่นใหม่และเผยแพร่")
    building.add_argument("folders", nargs="*", type=Path, default=[build.PUBLISHED], help="โฟลเดอร์ชุดข้อมูล")
    building.add_argument("--no-publish", action="store_true", help="สร้างแต่ยังไม่เผยแพร่")
    importing = commands.add_parser("import", help="นำเข้าผลการประเมินจากไฟล์ของท่านและเผยแพร่")
    importing.add_argument(
        "files", nargs="+", type=Path, help="ตาราง (CSV, XLSX, XLS, ODS, Parquet) หรือเอกสาร"
    )
    importing.add_argument("--mapping", metavar="NAME", help="การจับคู่ที่บันทึกไว้")
    importing.add_argument("--year", type=_year, metavar="YEAR", help="ปีงบประมาณ (พ.ศ.) ของไฟล์ที่ไม่บอกปี")
    importing.add_argument(
        "--prefer",
        choices=["current", "incoming"],
        help="เมื่อค่าต่างกัน ให้ใช้ค่าเดิม (current) หรือค่าจากไฟล์ (incoming) อีกค่าเก็บเป็นข้อค้นพบ",
    )
    importing.add_argument(
        "--register",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="ทะเบียนหน่วยงาน (ชื่อ ประเภท อำเภอ จังหวัด รหัส) ที่ใช้เทียบชื่อด้วย ใช้ซ้ำได้",
    )
    importing.add_argument(
        "--complete-register",
        action="store_true",
        help="ทะเบียนมีองค์กรปกครองส่วนท้องถิ่นครบทุกแห่งของทุกจังหวัดที่อยู่ในไฟล์",
    )
    importing.add_argument("--body", metavar="ORGANISATION_ID", help="ทุกไฟล์เป็นของหน่วยงานรหัสนี้")
    importing.add_argument("--skip-errors", action="store_true", help="นำเข้าส่วนที่อ่านได้ แม้มีช่องที่อ่านไม่ได้")
    importing.add_argument("--who", metavar="NAME", help="ชื่อผู้นำเข้า ถ้าไม่ระบุใช้ชื่อผู้ใช้ของเครื่อง")
    importing.add_argument("--dry-run", action="store_true", help="แสดงว่าจะเปลี่ยนอะไร โดยไม่เผยแพร่")
    importing.add_argument("--json", action="store_true", help="แสดงสรุปเป็น JSON")
    waiting = commands.add_parser("quarantine", help="แสดงชื่อที่รอระบุหน่วยงาน")
    waiting.add_argument("--json", action="store_true", help="แสดงเป็น JSON")
    resolving = commands.add_parser("resolve", help="ระบุหน่วยงานของชื่อที่รออยู่และเผยแพร่")
    resolving.add_argument("source_id", help="รหัสแหล่งข้อมูล ตามคำสั่ง quarantine")
    resolving.add_argument("name", help="ชื่อที่รออยู่ ตามคำสั่ง quarantine")
    resolving.add_argument("organisation_id", help="รหัสหน่วยงาน")
    for option in ("type", "district", "province", "code"):
        resolving.add_argument(
            f"--{option}", metavar="TEXT", help="เมื่อมีหลายชื่อที่เขียนเหมือนกัน ตามคำสั่ง quarantine"
        )
    commands.add_parser("versions", help="แสดงทุกรุ่น (* คือรุ่นที่ใช้อยู่)")
    undoing = commands.add_parser("undo", help="ย้อนกลับไปรุ่นก่อนหน้า หรือรุ่นที่ระบุ")
    undoing.add_argument("build_id", nargs="?")
    commands.add_parser("check", help="แสดงข้อค้นพบของรุ่นที่ใช้อยู่")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    0 is success, 1 a refusal with its reason on stderr, 2 wrong usage, 3 an import that needs decisions.
    """
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a console that cannot show Thai must not stop a command
    root = parser()
    options = root.parse_args(arguments)
    try:
        match options.command:
            case "build":
                build_id = build.build(options.folders, progress=print_progress)
                if not options.no_publish:
                    publish.publish(build_id)
                print(build_id)
            case "import":
                if options.complete_register and not options.register:
                    root.error("--complete-register ใช้คู่กับ --register")
                mapping = mappings.load(options.mapping) if options.mapping else None
                return import_command.run(
                    options.files,
                    mapping=mapping,
                    fiscal_year=options.year,
                    prefer=options.prefer,
                    registers=options.register,
                    complete=options.complete_register,
                    body=options.body,
                    skip_errors=options.skip_errors,
                    who=options.who,
                    dry_run=options.dry_run,
                    as_json=options.json,
                    progress=print_progress,
                )
            case "quarantine":
                return import_command.quarantine(as_json=options.json)
            case "resolve":
                return import_command.resolve(
                    options.source_id,
                    options.name,
                    options.organisation_id,
                    said={
                        "type_th": options.type,
                        "district_th": options.district,
                        "province_th": options.province,
                        "code": options.code,
                    },
                    progress=print_progress,
                )
            case "versions":
                for version in publish.versions():
                    print(f"{'*' if version.current else ' '} {version.build_id}")
            case "undo":
                print(publish.undo(build_id=options.build_id))
            case "check":
                return _check()
    except MappingError as error:
        root.error(str(error))
    except (build.BuildError, publish.PublishError, duckdb.Error, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def print_progress(share: float, message: str) -> None:
    """Say on stderr how far a build has come."""
    print(f"{share:4.0%} {message}", file=sys.stderr)


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and FIRST_BE <= int(text) <= LAST_BE:
        return int(text)
    raise argparse.ArgumentTypeError(f"ต้องเป็นปี พ.ศ. {FIRST_BE}–{LAST_BE} เช่น 2567 แต่ได้รับ {text}")


def _check() -> int:
    current = warehouse.open_current()
    if current is None:
        print(import_command.NO_WAREHOUSE, file=sys.stderr)
        return 1
    everything = {"place": "all", "kind": "all", "severities": "", "checks": "", "years": ""}
    words = {"word_1": "", "word_2": "", "word_3": ""}
    first, n = 1, 1
    while first <= n:
        page = current.run("findings", **everything, **words, first=first, last=first + PAGE - 1)
        for row in page.itertuples():
            print(f"[{row.severity}] {row.check_code}: {row.message_th}")
        first, n = first + PAGE, int(page["n"].max()) if len(page) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
