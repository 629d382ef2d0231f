"""The command says what is wrong and leaves what is not its own."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.demo import ground
from ingest.demo.cli import demo


@pytest.fixture(autouse=True)
def _no_settings_of_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVOCACY_DATABASE_URL", "sqlite:///nowhere.db")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(demo, arguments)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_nobody_else_can_reach_a_demo(host: str, tmp_path: Path) -> None:
    result = run("--host", host, "--dir", str(tmp_path / "demo"))
    assert result.exit_code == 2
    assert "this machine only" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_busy_port_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        result = run("--port", str(busy.getsockname()[1]), "--dir", str(tmp_path / "demo"))
    assert result.exit_code == 3
    assert "choose another" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    result = run("--dir", str(tmp_path), "--build-only")
    assert result.exit_code == 2
    assert [f.name for f in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_demo_of_today_is_opened_again(tmp_path: Path) -> None:
    arguments = ("--dir", str(tmp_path / "demo"), "--build-only", "--stage", "empty", "--json")
    first, second = run(*arguments), run(*arguments)
    assert [json.loads(r.stdout)["built"] for r in (first, second)] == [True, False]


def test_another_stage_is_another_demo(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    run("--dir", str(folder), "--build-only", "--stage", "empty")
    result = run("--dir", str(folder), "--build-only", "--stage", "empty", "--seed", "8", "--json")
    assert json.loads(result.stdout)["built"] is True


def test_a_demo_that_is_open_is_not_pulled_from_under_its_readers(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    run("--dir", str(folder), "--build-only", "--stage", "empty")
    mark = ground.held(folder)
    assert mark is not None
    with socket.create_server(("127.0.0.1", mark.port)):
        result = run("--dir", str(folder), "--build-only", "--fresh")
    assert result.exit_code == 3
    assert "open already" in result.output
    assert ground.held(folder) == mark


def test_the_shape_of_the_json_is_the_published_one(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(__file__).parents[3] / "docs" / "interfaces" / "demo.schema.json"
    result = run("--dir", str(tmp_path / "demo"), "--build-only", "--stage", "empty", "--json")
    jsonschema.validate(json.loads(result.stdout), json.loads(schema.read_text("utf-8")))
