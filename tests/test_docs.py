"""The documents in docs/ are whole and true: what exists is documented, what is documented exists.

A document names a thing by the code span that begins a heading or a table row. Every failure lists by name
what is missing and what is there too much.
"""

import argparse
import ast
import re
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

from ita_data import edition
from warehouse import __main__ as command_line
from warehouse import build

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ROUTER = ROOT / "dashboard" / "router" / "main.py"
PUBLISHED = ROOT / "ita_data" / "published"
# Rooms with the project's own code; what tools put beside them is none of it.
CODE = ("app.py", "dashboard", "pages", "ita_data", "warehouse", "tests", "benchmarks")
# Modules every page runs through; what they ask is documented once for all pages.
SHARED = ("data", "number_source", "session", "sidebar", "view")


@cache
def document(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """The text under a heading of a document, with the headings below it."""
    lines = document(name).splitlines()
    starts = [at for at, line in enumerate(lines) if re.fullmatch(rf"#+ {re.escape(heading)}", line)]
    assert len(starts) == 1, f"docs/{name} needs exactly one heading “{heading}”, it has {len(starts)}"
    depth = len(lines[starts[0]].split()[0])
    rest = lines[starts[0] + 1 :]
    ends = (at for at, line in enumerate(rest) if re.match(rf"#{{1,{depth}}} ", line))
    return "\n".join(rest[: next(ends, len(rest))])


def rows(text: str) -> list[list[str]]:
    """The cells of the table rows that begin with a code span."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    return [cells for cells in found if cells[0].startswith("`")]


def code(text: str) -> list[str]:
    """The code spans of a text."""
    return re.findall(r"`([^`]+)`", text)


def in_rows(text: str) -> list[str]:
    return [code(cells[0])[0] for cells in rows(text)]


def in_headings(name: str) -> list[str]:
    return re.findall(r"^#+ `([^`]+)`$", document(name), flags=re.M)


def same(where: str, documented: Collection[str], existing: Collection[str]) -> None:
    """Fail with what a document lacks, names twice, or names although it does not exist."""
    documented = list(documented)
    problems = {
        "not documented": sorted(set(existing) - set(documented)),
        "documented but not there": sorted(set(documented) - set(existing)),
        "documented twice": sorted({one for one in documented if documented.count(one) > 1}),
    }
    said = [f"{problem}: {', '.join(names)}" for problem, names in problems.items() if names]
    assert not said, f"docs/{where}: " + "; ".join(said)


def stems(folder: str) -> list[str]:
    return [path.stem for path in (ROOT / "warehouse" / folder).glob("*.sql")]


# Pages ------------------------------------------------------------


def page_files() -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pages").glob("*/*.py")
        if path.stem != "__init__"
    ]


def routed() -> dict[str, tuple[str, str]]:
    """Page file → its title and URL path, read from the router."""
    found = {}
    for call in calls(ROUTER, "Page"):
        named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg != "icon"}
        (path,) = [node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
        url = "" if named.get("default") else named.get("url_path", Path(path).stem)
        found[f"pages/{path.removeprefix('pages/')}"] = (named["title"], f"/{url}")
    return found


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """The calls of a function or method of this name in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name:
                yield node


def asked(path: Path) -> set[str]:
    """The queries a file asks by name: at once, of a version, a page of a list, or later for a download."""
    named = [call.args[0] for call in calls(path, "query") if call.args]
    second = [
        call.args[1]
        for name in ("answer", "fetch", "partial")
        for call in calls(path, name)
        if len(call.args) > 1
    ]
    known = set(stems("queries"))
    named += [one for one in second if isinstance(one, ast.Constant) and one.value in known]
    return {one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def parts_of(path: Path) -> set[Path]:
    """A page file and the files of dashboard/ it is made of, without the shared ones."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in found or one in [ROOT / "dashboard" / f"{name}.py" for name in SHARED]:
            continue
        found.add(one)
        for node in ast.walk(ast.parse(one.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "dashboard":
                folder = ROOT / str(node.module).replace(".", "/")
                candidates = [folder.with_suffix(".py"), *(folder / f"{name.name}.py" for name in node.names)]
                waiting += [candidate for candidate in candidates if candidate.is_file()]
    return found


def stated(page: str, key: str) -> str:
    """What a page's section says behind “- Key:”."""
    found = re.search(rf"^- {key}: (.+(?:\n  .+)*)", section("pages.md", f"`{page}`"), flags=re.M)
    assert found, f"docs/pages.md: {page} has no line “- {key}: …”"
    return found[1]


def test_pages() -> None:
    same("pages.md", in_headings("pages.md"), page_files())


@pytest.mark.parametrize("page", page_files())
def test_page(page: str) -> None:
    assert page in routed(), f"{page} is not in the navigation of the router"
    title, url = routed()[page]
    assert stated(page, "Title") == title, f"docs/pages.md: the title of {page} is {title}"
    assert stated(page, "URL") == f"`{url}`", f"docs/pages.md: the URL of {page} is {url}"
    assert stated(page, "Answers")
    queries = set().union(*map(asked, parts_of(ROOT / page)))
    same(f"pages.md, queries of {page}", code(stated(page, "Queries")), queries)


def test_queries_of_every_page() -> None:
    queries = set().union(*(asked(ROOT / "dashboard" / f"{name}.py") for name in SHARED))
    same("pages.md, On every page", in_rows(section("pages.md", "On every page")), queries)


# Warehouse ------------------------------------------------------------


def test_tables() -> None:
    schema = (ROOT / "warehouse" / "schema.sql").read_text(encoding="utf-8")
    tables = re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", schema, flags=re.M)
    same("warehouse.md, Tables", in_rows(section("warehouse.md", "Tables")), tables)


def test_marts() -> None:
    same("warehouse.md, Marts", in_rows(section("warehouse.md", "Marts")), stems("marts"))


def test_checks() -> None:
    documented = rows(section("warehouse.md", "Checks"))
    same("warehouse.md, Checks", [code(cells[0])[0] for cells in documented], stems("checks"))
    severities = {check.code: check.severity for check in build.checks()}
    same(
        "warehouse.md, Checks with severity",
        [f"{code(cells[0])[0]} {cells[1]}" for cells in documented],
        [f"{name} {severity}" for name, severity in severities.items()],
    )


def test_queries() -> None:
    documented = rows(section("warehouse.md", "Queries"))
    same("warehouse.md, Queries", [code(cells[0])[0] for cells in documented], stems("queries"))
    parameters = {
        name: set(re.findall(r"\$(\w+)", without_comments(ROOT / "warehouse" / "queries" / f"{name}.sql")))
        for name in stems("queries")
    }
    for cells in documented:
        name = code(cells[0])[0]
        same(f"warehouse.md, parameters of {name}", code(cells[2]), parameters[name])


def without_comments(path: Path) -> str:
    return re.sub(r"--.*", "", path.read_text(encoding="utf-8"))


# Settings ------------------------------------------------------------


def test_settings_of_streamlit() -> None:
    def keys(table: dict[str, object], prefix: str = "") -> Iterator[str]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from keys(value, f"{prefix}{key}.")
            else:
                yield prefix + key

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    same("settings.md, Streamlit", in_rows(section("settings.md", "Streamlit")), list(keys(config)))


def test_environment_variables() -> None:
    files = [path for room in CODE for path in [ROOT / room, *(ROOT / room).rglob("*.py")] if path.is_file()]
    used = {
        name
        for path in [*files, ROOT / ".ci" / "run"]
        if path != Path(__file__)
        for name in re.findall(r"\bITA_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    same("settings.md, Environment", in_rows(section("settings.md", "Environment")), used)


def keys_taken(*, targets: bool) -> set[str]:
    """The keys the reader of edition files, or of the targets file, takes."""
    found: set[str] = set()
    for function in ast.parse(Path(edition.__file__).read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and (function.name == "load_targets") == targets:
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "only":
                    found |= {
                        key for one in node.args if isinstance(one, ast.Constant) for key in one.value.split()
                    }
    return found


def test_keys_of_an_edition() -> None:
    documented = set(in_rows(section("settings.md", "An edition file")))  # a name_th stands in several tables
    same("settings.md, An edition file", documented, keys_taken(targets=False))


def test_keys_of_the_targets() -> None:
    same(
        "settings.md, National targets",
        in_rows(section("settings.md", "National targets")),
        keys_taken(targets=True),
    )


# Commands ------------------------------------------------------------


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (action,) = [one for one in command_line.parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return {f"python -m warehouse {name}": parser for name, parser in action.choices.items()}


def test_commands() -> None:
    documented = [name for name in in_headings("commands.md") if name.startswith("python -m warehouse ")]
    same("commands.md", documented, subcommands())


@pytest.mark.parametrize("command", subcommands())
def test_arguments(command: str) -> None:
    actions = [one for one in subcommands()[command]._actions if not isinstance(one, argparse._HelpAction)]
    names = [one.option_strings[-1] if one.option_strings else one.dest for one in actions]
    same(f"commands.md, arguments of {command}", in_rows(section("commands.md", f"`{command}`")), names)


# Published data ------------------------------------------------------------


def test_published_files() -> None:
    same("data.md", in_headings("data.md"), [path.name for path in PUBLISHED.glob("*.csv")])


@pytest.mark.parametrize("name", sorted(path.name for path in PUBLISHED.glob("*.csv")))
def test_columns_of_a_published_file(name: str) -> None:
    columns = (PUBLISHED / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert in_rows(section("data.md", f"`{name}`")) == columns, (
        f"docs/data.md: the columns of {name} are {columns}"
    )


# All documents ------------------------------------------------------------


def test_the_index_names_every_document() -> None:
    linked = {link for link in links("README.md") if link.endswith(".md") and "/" not in link}
    same("README.md", linked, [path.name for path in DOCS.glob("*.md") if path.name != "README.md"])


def links(name: str) -> list[str]:
    """The relative links of a document, without what follows #."""
    found = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document(name))
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.md")))
def test_what_a_document_points_to_exists(name: str) -> None:
    spans = [span for span in code(document(name)) if re.fullmatch(r"(?:[\w.-]+/)+[\w.-]+\.\w+", span)]
    gone = [link for link in links(name) if not (DOCS / link).exists()]
    gone += [span for span in spans if not (ROOT / span).exists()]
    assert not gone, f"docs/{name} points to what does not exist: {', '.join(sorted(set(gone)))}"
