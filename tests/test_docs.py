"""What the documents say is there is there, and nothing that is committed points at one machine."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.", "registry" + r"\.npm"]))
MACHINE = re.compile("|".join(["/" + folder + "/" for folder in ("work", "root", "tmp/probe", "home/[a-z]+", "Users")]))


@cache
def committed() -> tuple[Path, ...]:
    """Every file of the project that is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def documents() -> list[Path]:
    return [file for file in committed() if file.suffix == ".md" and "posts" not in file.parts]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def anchors(document: Path) -> set[str]:
    """The names that headings get, as the usual viewers make them."""
    headings = HEADING.findall(CODE.sub("", text_of(document)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(document: Path) -> Iterator[str]:
    for link in LINK.findall(CODE.sub("", text_of(document))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            yield f"{document.relative_to(ROOT)} → {link}"


def named_in(document: Path) -> Iterator[tuple[str, str]]:
    """The file and the function of each test that a document names, as a link of its name or as path::name."""
    words = text_of(document)
    for name, target in re.findall(r"\[`?(test_\w+)`?\]\(([^)\s]+\.py)\)", words):
        yield (document.parent / target).resolve().relative_to(ROOT).as_posix(), name
    yield from re.findall(r"\b(tests/[\w/]+\.py)::(test_\w+)", words)


def is_test(file: str, name: str) -> bool:
    return (ROOT / file).is_file() and re.search(rf"^def {name}\(", text_of(ROOT / file), re.MULTILINE) is not None


def commands_named(document: Path) -> set[str]:
    return set(re.findall(r"\bmake ([a-z][a-z-]+)\b(?=[`\s]*(?:#|`|$))", text_of(document), re.MULTILINE))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))


def test_links_lead_somewhere() -> None:
    assert [link for document in documents() for link in broken(document)] == []


@pytest.mark.parametrize(
    "name", ["SECURITY.md", "docs/security-checklist.md", "docs/privacy.md", "docs/reliability.md"]
)
def test_a_test_that_a_document_names_exists(name: str) -> None:
    document = ROOT / name
    named = set(named_in(document))
    assert len(named) > 5
    assert [f"{file}::{test}" for file, test in sorted(named) if not is_test(file, test)] == []


def test_every_fault_has_a_row_and_tests_by_its_number_or_says_what_it_waits_for() -> None:
    page = text_of(ROOT / "docs/reliability.md")
    rows = re.findall(r"^\| (\d\d) \| .+? \| (.+?) \| (?:\[.+?\]\(\.\./(.+?)\)|–) \|$", page, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 77))
    without = {number for number, _, file in rows if not (file and f"def test_case_{number}_" in text_of(ROOT / file))}
    assert without == {number for number, words, file in rows if not file and "waits for" in words}


def test_every_line_of_the_checklist_has_its_test_or_says_why_not() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", text_of(ROOT / "docs/security-checklist.md"), re.MULTILINE)
    lines = [(line, proof) for line, proof in rows if line not in ("line", "---")]
    assert len(lines) > 80
    assert [line for line, proof in lines if "[test_" not in proof and "not yet, because" not in proof] == []


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    found = {f"{file.relative_to(ROOT)}: {hit[0]}" for file in committed() if (hit := pattern.search(text_of(file)))}
    assert found == set()


def test_the_readme_sets_up_by_two_commands_that_exist() -> None:
    named = commands_named(ROOT / "README.md")
    assert named >= {"run", "test"}
    assert named - make_targets() == set()


def test_contributors_are_told_of_commands_that_exist() -> None:
    assert commands_named(ROOT / "CONTRIBUTING.md") - make_targets() == set()


def test_every_lock_line_is_pinned_by_hash() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=\S)", text_of(ROOT / lock))
        loose = [block for block in blocks if not block.startswith("#") and "==" in block and "--hash=" not in block]
        assert loose == []
