"""`make run` on a machine that cannot: it says what is needed before it changes anything."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.console import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what make reads."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    for name in ("Makefile", "pyproject.toml", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(clone: Path, python: str) -> tuple[int, str]:
    done = subprocess.run(
        ["make", "--no-print-directory", "run", f"PYTHON={python}"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (clone / ".venv").exists()
    return done.returncode, done.stderr.splitlines()[0]


def test_an_old_python(clone: Path) -> None:
    old = clone / "python3.9"
    told = "Python 3.11 or later is needed, this is 3.9. Try: make PYTHON=python3.11 ..."
    old.write_text(f'#!/bin/sh\ncase "$2" in *version_info*) echo "{told}" >&2; exit 1;; esac\n', "utf-8")
    old.chmod(0o755)
    assert make(clone, str(old)) == (2, told)


def test_the_check_of_the_version_itself() -> None:
    """The words that make runs, asked of a Python of the future."""
    recipe = (ROOT / "Makefile").read_text("utf-8")
    line = next(line for line in recipe.splitlines() if "version_info" in line)
    code = line.partition("-c '")[2].rpartition("'")[0].replace("(3, 11)", "(99, 0)")
    done = subprocess.run(["python3", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith("Python 3.11 or later is needed, this is 3.")) == (1, True)


def test_no_python(clone: Path) -> None:
    code, told = make(clone, "python-of-nowhere")
    assert (code, told) == (
        2,
        "python-of-nowhere is not here. Install Python 3.11 or later, or: make PYTHON=/path/to/python …",
    )
