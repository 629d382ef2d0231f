"""An installed wheel is as whole as a checkout."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.iterdir()
    return set(ZipFile(wheel).namelist())


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("templates", "advocacy/templates"),
        ("migrations", "advocacy/migrations"),
        ("advocacy", "advocacy"),
        ("ingest", "ingest"),
    ],
)
def test_everything_that_runs_is_packed(packed: set[str], folder: str, inside: str) -> None:
    there = [file.relative_to(ROOT / folder) for file in (ROOT / folder).rglob("*") if file.is_file()]
    needed = {f"{inside}/{file}" for file in there if "__pycache__" not in file.parts}
    assert needed
    assert needed - packed == set()


def test_nothing_else_is_packed(packed: set[str]) -> None:
    tops = {name.partition("/")[0] for name in packed}
    assert tops == {"advocacy", "ingest", "advocacy-0.1.0.dist-info"}
