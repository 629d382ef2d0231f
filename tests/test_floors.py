"""The plan of the house holds: arrows point down, nothing goes in circles, files stay small."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import grimp
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
ROOMS = ("advocacy", "ingest")
MEDIAN_LINES, MOST_LINES = 80, 300

PURE = {"ahocorasick", "ftfy", "markdown_it", "rapidfuzz"}
"""The pure libraries that the domain may use; a new one is added here, with its reason in ARCHITECTURE.md."""

IMPURE = {
    "asyncio", "ctypes", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
    "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib.request",
}  # fmt: skip
PURE_PATHS = {"PurePath", "PurePosixPath", "PureWindowsPath"}
CLOCKS_AND_DOORS = {"now", "utcnow", "today", "open", "print", "input"}

ARCHIVE_ROOMS = (
    *("ingest.archive", "ingest.bundle", "ingest.lines", "ingest.sheet", "ingest.table", "ingest.schedule"),
    "ingest.json_stream",
)
OPEN_TO_SOURCES = ("advocacy.domain", "ingest.source", "ingest.fetch", "ingest.place", "ingest.prose", "ingest.session")

OPEN_TO_ARCHIVES = ("advocacy.domain", "ingest.prose", *ARCHIVE_ROOMS)


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None)


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def imported(file: Path) -> Iterator[str]:
    """Yield what a file imports; the names behind `from` are checked only where they matter (pathlib)."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not (
            node.module == "pathlib" and {alias.name for alias in node.names} <= PURE_PATHS
        ):
            yield node.module or ""


def called(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name


def is_pure(module: str) -> bool:
    top = module.partition(".")[0]
    if module.startswith("advocacy.domain") or top in PURE:
        return True
    return top in sys.stdlib_module_names and not {top, module} & IMPURE


def platform_of(module: str) -> str:
    """`ingest.sources.feed_dates` belongs to the source `feed`, as `ingest.sources.feed.dates` would."""
    return module.removeprefix("ingest.sources.").partition(".")[0].partition("_")[0]


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_module_is_reached_by_itself() -> None:
    graph = imports()
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()


def test_the_domain_imports_only_what_is_pure() -> None:
    found = {
        f"{file.name}: {name}" for file in files("advocacy/domain") for name in imported(file) if not is_pure(name)
    }
    assert found == set()


def test_the_domain_reads_no_clock_and_opens_no_door() -> None:
    found = {(file.name, name) for file in files("advocacy/domain") for name in called(file)}
    assert {pair for pair in found if pair[1] in CLOCKS_AND_DOORS} == set()


def test_a_source_sees_only_the_domain_its_contract_and_the_gate() -> None:
    graph = imports()
    strays = {
        (source, module)
        for source in graph.find_descendants("ingest.sources")
        for module in graph.find_modules_directly_imported_by(source)
        if not module.startswith(OPEN_TO_SOURCES) and platform_of(module) != platform_of(source)
    }
    assert strays == set()


def test_an_archive_sees_only_the_domain_its_contract_and_its_platforms_translation() -> None:
    graph = imports()
    strays = {
        (reader, module)
        for reader in graph.find_descendants("ingest.archives")
        for module in graph.find_modules_directly_imported_by(reader)
        if module.startswith("ingest.archives.") or not module.startswith(OPEN_TO_ARCHIVES)
        if platform_of(module.removeprefix("ingest.archives.")) != platform_of(reader.removeprefix("ingest.archives."))
    }
    assert strays == set()


def test_the_median_file_is_small() -> None:
    assert median(map(lines, files(*ROOMS))) <= MEDIAN_LINES


def test_no_file_is_large() -> None:
    assert {str(file.relative_to(ROOT)): lines(file) for file in files(*ROOMS) if lines(file) > MOST_LINES} == {}


def test_no_room_is_a_cupboard() -> None:
    cupboards = {"utils", "helpers", "common", "services", "core"}
    assert [file for file in files(*ROOMS) if cupboards & {*file.parent.parts, file.stem}] == []
