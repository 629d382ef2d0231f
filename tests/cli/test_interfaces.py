"""docs/interfaces and docs/commands.md: every command, option and shape stands there."""

import re

import click
import pytest
from jsonschema import Draft202012Validator

from tests.cli.console import ROOT, schemas
from tests.cli.test_group import commands

SHAPES = sorted((ROOT / "docs/interfaces").glob("*.schema.json"))
INTERFACES = (ROOT / "docs/interfaces/README.md").read_text("utf-8")
CHAPTER = re.compile(r"^### `advocacy ([^`]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def command_of(title: str) -> str:
    """`ladder show [SLUG]` is the command `ladder show`."""
    return " ".join(word for word in title.split() if word.islower())


CHAPTERS = {command_of(title): text for title, text in CHAPTER.findall((ROOT / "docs/commands.md").read_text("utf-8"))}


@pytest.mark.parametrize("name", [file.name for file in SHAPES])
def test_a_shape_is_a_schema_and_stands_in_the_table(name: str) -> None:
    schema = schemas().contents(name)
    Draft202012Validator.check_schema(schema)
    assert f"({name})" in INTERFACES
    assert schema["title"].startswith("advocacy ")


def test_every_command_with_json_has_a_shape() -> None:
    speaking = {words for words, command in commands() if any("--json" in param.opts for param in command.params)}
    described = {words for words in speaking if re.search(rf"^\| `{words}[` ]", INTERFACES, re.MULTILINE)}
    assert described == speaking


def test_every_command_has_its_chapter() -> None:
    assert set(CHAPTERS) == {words for words, _ in commands()}


@pytest.mark.parametrize(("words", "command"), [one for one in commands() if one[0] in CHAPTERS])
def test_a_chapter_names_every_option_and_shows_an_example(words: str, command: click.Command) -> None:
    text = CHAPTERS[words]
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    named = {name for param in options for name in (*param.opts, *param.secondary_opts)}
    assert set(re.findall(r"`(--[a-z-]+)`", text)) == named
    assert f"    advocacy {words}" in text or f"| advocacy {words}" in text
    assert "Exit codes: 0" in text
