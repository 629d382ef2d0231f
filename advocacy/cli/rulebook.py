"""`advocacy rulebook`: try the rules on activities, without a database."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from advocacy import config, rules
from advocacy.cli.console import Exit, Stop, examples
from advocacy.domain.activity import Activity
from advocacy.domain.activity_lines import BadLine, read_line
from advocacy.domain.matching import Judgement, strictest
from advocacy.domain.rulebook import Rulebook


@click.group()
def rulebook() -> None:
    """The rules that tie activities to expectations."""


@rulebook.command("try", epilog=examples("rulebook try posts.jsonl", "rulebook try --json - < posts.jsonl"))
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line (docs/interfaces/).")
def try_rules(file: TextIO, as_json: bool) -> None:
    """Say for each activity in FILE (JSON lines; - is standard input) what it is evidence for, and why.

    Only kind, platform and text are needed. A line that cannot be read is named and skipped; the exit code is
    then 2.
    """
    in_force = rules.load(config.load(os.environ, Path.cwd(), with_key=False))
    faults = judged = 0
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            activity, doubts = read_line(line, f"line:{number}", datetime.now(UTC))
        except BadLine as error:
            click.echo(f"{file.name}, line {number}: {error}", err=True)
            faults += 1
            continue
        for doubt in doubts:
            click.echo(f"{file.name}, line {number}: {doubt}", err=True)
        judgement = in_force.judge(activity)
        _show(told(activity, judgement, in_force.rulebook), as_json)
        judged += 1
    if faults:
        raise Stop(f"lines that could not be read: {faults}; the others were judged.", Exit.INPUT)
    if not judged:
        click.echo(f"{file.name} holds no activities: write one JSON object a line.", err=True)


def told(activity: Activity, judgement: Judgement, book: Rulebook) -> dict[str, Any]:
    """A judgement in the shape of docs/interfaces/rulebook-try.schema.json, one match for each rule.

    An expectation is named by the starter ladder, whose ids are the rules' own.
    """
    return {
        "ref": activity.ref,
        "matches": [
            {"expectation": one.rule, "rule": one.rule, "why": one.why, "strength": one.strength.value}
            for one in strictest(judgement.matches, book)
        ],
        "topics": list(judgement.tags.topics),
        "personas": list(judgement.tags.personas),
    }


def _lines(file: TextIO) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise Stop(f"{file.name} is not UTF-8 text ({error.reason} at byte {error.start})", Exit.INPUT) from error


def _show(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{found['ref']}  {', '.join(found['topics'] + found['personas'])}")
    for one in found["matches"]:
        click.echo(f"  {one['strength']:<7} {one['rule']:<17} {one['why']}")
