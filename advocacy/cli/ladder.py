"""`advocacy ladder`: take role pages in, show them."""

import os
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from advocacy import config, rules, running
from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say, table
from advocacy.domain import ladder as pages
from advocacy.domain.ladder_diff import ChangeState
from advocacy.domain.recognition import Recognition, recognise
from advocacy.domain.role_page import RolePage
from advocacy.models import ladder_import, roster
from advocacy.models.base import db
from advocacy.models.ladders import Expectation
from advocacy.remap import remap_now


@click.group()
def ladder() -> None:
    """The role pages."""


@ladder.command("import", epilog=examples("ladder import lead-engineer.md --dry-run", "ladder import lead-engineer.md"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only read and recognise; needs no database, ids are provisional.")
@as_json
@click.pass_obj
def import_page(info: ScriptInfo, file: Path, dry_run: bool, as_json: bool) -> None:
    """Read the role page FILE (Markdown) and store it as a new version; the same file again changes nothing.

    The page is called as the file is: lead-engineer.md becomes lead-engineer.
    """
    source = file.read_bytes()
    if dry_run:
        in_force = rules.load(config.load(os.environ, Path.cwd(), with_key=False))
        page = pages.read(source, file.name)
        _show(page, recognise(page, in_force.rulebook), as_json)
        return
    app: Flask = info.load_app()
    with app.app_context():
        _store(source, file.name, as_json)


@ladder.command(epilog=examples("ladder show", "ladder show lead-engineer --json"))
@click.argument("slug", required=False)
@as_json
@click.pass_obj
def show(info: ScriptInfo, slug: str | None, as_json: bool) -> None:
    """The role page SLUG as it stands, or the list of pages."""
    with info.load_app().app_context():
        if slug is None:
            _list(as_json)
            return
        stored = roster.page(slug)
        found = [_stored(wording) for wording in ladder_import.wordings(stored)]
        if as_json:
            say({"slug": stored.slug, "title": stored.title, "parents": stored.parents, "expectations": found})
        else:
            click.echo(stored.title)
            table(("rule", "score", "expectation"), [(f["rule"] or "–", f["score"], f["text"]) for f in found])


def _store(source: bytes, name: str, as_json: bool) -> None:
    in_force = running.in_force()
    plan = ladder_import.preview(source, name, in_force)
    ladder_import.apply(plan, source, None, running.now())
    db.session.commit()
    with bar("evidence", None) as report:
        remap_now(in_force, running.clock(), report)
    _show(plan.page, plan.recognitions, as_json)
    if not as_json:
        states = [change.state for change in plan.diff.changes]
        counts = ", ".join(f"{states.count(state)} {state}" for state in ChangeState if state in states)
        what = "stands as it was" if plan.unchanged else "is stored"
        click.echo(f"\nThe page {plan.page.slug!r} {what}: {counts}.")


def _show(page: RolePage, recognitions: dict[str, Recognition] | Any, as_json: bool) -> None:
    if as_json:
        say(told(page, recognitions))
        return
    click.echo(page.title)
    for section in page.sections:
        click.echo(f"\n{section.title}")
        found = [(recognitions[b.key].rule or "–", f"{recognitions[b.key].score:.2f}", b.text) for b in section.bullets]
        table(("rule", "score", "expectation"), found)
    for problem in page.problems:
        where = f"line {problem.line}: " if problem.line else ""
        click.echo(f"{where}{problem.what}. {problem.mend}", err=True)


def told(page: RolePage, recognitions: dict[str, Recognition] | Any) -> dict[str, Any]:
    """The page in the shape of docs/interfaces/ladder-import.schema.json."""
    return {
        "title": page.title,
        "parents": list(page.parents),
        "sections": [
            {
                "title": section.title,
                "expectations": [
                    {
                        "id": bullet.key,
                        "text": bullet.text,
                        "rule": recognitions[bullet.key].rule,
                        "score": round(recognitions[bullet.key].score, 3),
                    }
                    for bullet in section.bullets
                ],
            }
            for section in page.sections
        ],
        "problems": [{"line": p.line, "what": p.what, "mend": p.mend} for p in page.problems],
    }


def _stored(wording: Any) -> dict[str, Any]:
    expectation = db.session.get_one(Expectation, wording.expectation_id)
    return {
        "id": expectation.key,
        "section": wording.section_title,
        "text": wording.text,
        "rule": expectation.rule,
        "score": round(expectation.score, 3),
        "reason": expectation.reason,
        "corrected": expectation.corrected_at is not None,
    }


def _list(as_json: bool) -> None:
    stored = [{"slug": p.slug, "title": p.title, "parents": p.parents} for p in roster.pages()]
    if as_json:
        say(stored)
    elif not stored:
        raise Stop("There is no role page yet: `advocacy ladder import FILE`.", Exit.NOT_FOUND)
    else:
        table(("slug", "title", "also fills"), [(p["slug"], p["title"], ", ".join(p["parents"])) for p in stored])
