"""Command line: `python -m warehouse build | versions | undo | check`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse import build, publish, warehouse


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    root = argparse.ArgumentParser(prog="python -m warehouse", description="คลังข้อมูลผลการประเมิน ITA")
    commands = root.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="สร้างคลังข้อมูลรุ่นใหม่และเผยแพร่")
    building.add_argument("folders", nargs="*", type=Path, default=[build.PUBLISHED], help="โฟลเดอร์ชุดข้อมูล")
    building.add_argument("--no-publish", action="store_true", help="สร้างแต่ยังไม่เผยแพร่")
    commands.add_parser("versions", help="แสดงทุกรุ่น (* คือรุ่นที่ใช้อยู่)")
    undoing = commands.add_parser("undo", help="ย้อนกลับไปรุ่นก่อนหน้า หรือรุ่นที่ระบุ")
    undoing.add_argument("build_id", nargs="?")
    commands.add_parser("check", help="แสดงข้อค้นพบของรุ่นที่ใช้อยู่")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a refusal with its reason on stderr, 2 wrong usage."""
    options = parser().parse_args(arguments)
    try:
        match options.command:
            case "build":
                build_id = build.build(options.folders, progress=_print_progress)
                if not options.no_publish:
                    publish.publish(build_id)
                print(build_id)
            case "versions":
                for version in publish.versions():
                    print(f"{'*' if version.current else ' '} {version.build_id}")
            case "undo":
                print(publish.undo(build_id=options.build_id))
            case "check":
                return _check()
    except (build.BuildError, publish.PublishError, duckdb.Error) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _print_progress(share: float, message: str) -> None:
    print(f"{share:4.0%} {message}", file=sys.stderr)


def _check() -> int:
    current = warehouse.open_current()
    if current is None:
        print("ยังไม่มีคลังข้อมูล ให้สร้างด้วยคำสั่ง python -m warehouse build", file=sys.stderr)
        return 1
    for row in current.run("findings").itertuples():
        print(f"[{row.severity}] {row.check_code}: {row.message_th}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
