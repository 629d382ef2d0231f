"""`advocacy log`: what somebody did, in a line or from a table; read and kept as the page does it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import with_appcontext

from advocacy import logbook, running
from advocacy.cli.console import DAY, Exit, Stop, as_json, examples, say
from advocacy.domain.logbook.checked import Checked, check
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.reading import LONGEST, read
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.domain.logbook.table import COLUMNS, NoTable
from advocacy.domain.period import day_of
from advocacy.logbook import Draft
from advocacy.logbook_table import Taken, take_in
from advocacy.models import activity_page, colleagues, jobs, log_alike, offers, roster, sentences
from advocacy.models.base import db
from advocacy.models.log_entries import LogEntry
from advocacy.models.people import Person
from advocacy.models.words import Part

TEMPLATE = """day,kind,words,place,count,about,topic,verdict,reason
2026-11-20,tally,,#kubernetes-users,3,Mayastor,,,
2026-11-21,decision,,,,,Mayastor,adopt,it halves the cost
,,reviewed Ravi's draft on snapshots yesterday,,,,,,
"""


class Words(click.Group):
    """A group whose words are an entry when they name none of its commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`advocacy log "+1 answer in #storage" --as …` is `advocacy log add …`."""
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Words)
def log() -> None:
    """What somebody did, logged by hand; `advocacy log WORDS` is `advocacy log add WORDS`."""


whose = click.option("--as", "email", required=True, metavar="PERSON", help="The e-mail of the person who did it.")
dry = click.option("--dry-run", is_flag=True, help="Only say what would become of it; nothing is kept.")


@log.command(
    epilog=examples(
        'log add "+1 answer in #kubernetes-users about Mayastor" --as asha@example.org',
        'log "adopt Mayastor because it halves the cost" --as asha@example.org --dry-run',
    )
)
@click.argument("words", nargs=-1, required=True)
@whose
@click.option(
    "--kind", type=click.Choice([one.value for one in LogKind]), help="What it is, if not what it is taken for."
)
@click.option("--day", type=DAY, help="The day it happened (default: as the words say, else today).")
@click.option("--set", "pairs", multiple=True, metavar="FIELD=WORDS", help="A field of the form; may be repeated.")
@click.option("--expectation", "key", metavar="ID", help="Attach it to this sentence: its id in `progress --json`.")
@click.option("--for", "colleague", metavar="PERSON", help="The colleague whose it is; they are asked to take it.")
@click.option("--another", is_flag=True, help="Keep it although it seems to be there already.")
@dry
@as_json
@with_appcontext
def add(
    words: tuple[str, ...],
    email: str,
    kind: str | None,
    day: datetime | None,
    pairs: tuple[str, ...],
    key: str | None,
    colleague: str | None,
    another: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Log WORDS or a link, and say what it supports."""
    person, now = roster.by_email(email), running.now()
    draft = _draft(" ".join(words), kind, day, pairs, day_of(now, person.zone))
    if key:
        draft = replace(draft, expectation_id=sentences.by_key(key, person.id))
    if colleague:
        entry = _hand_over(draft, person, colleagues.named(colleague, person.id), now)
    else:
        entry = _keep(draft, person, now, another)
    url = str(entry.said.get("url", ""))
    if url and draft.kind is LogKind.POST:
        jobs.ask_unfurl(entry.id, url, person.id, now)
    told = _told(entry, person, dry_run)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    say(told) if as_json else _show(told)


@log.command("import", epilog=examples("log import november.csv --as asha@example.org --dry-run"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@whose
@dry
@as_json
@with_appcontext
def import_table(file: Path, email: str, dry_run: bool, as_json: bool) -> None:
    """Take in FILE, a CSV with a line for each entry; the same file again changes nothing."""
    person = roster.by_email(email)
    try:
        taken = take_in(file.read_text("utf-8-sig"), person, running.now(), running.in_force())
    except UnicodeDecodeError as error:
        raise Stop(f"{file.name} is not written in UTF-8: save it so", Exit.INPUT) from error
    except NoTable as error:
        raise Stop(f"{file.name}: {error}", Exit.INPUT) from error
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    _show_taken(taken, file.name, dry_run, as_json)
    if taken.bad:
        raise click.exceptions.Exit(Exit.PARTLY)


@log.command(epilog=examples("log template > november.csv"))
@click.argument("out", type=click.File("w", encoding="utf-8"), default="-")
def template(out: TextIO) -> None:
    """Print a table to fill in, with three lines as examples."""
    out.write(TEMPLATE)
    click.echo(f"Known columns are words, {', '.join(COLUMNS)}; kinds: {', '.join(LogKind)}.", err=True)


def _keep(draft: Draft, person: Person, now: datetime, another: bool) -> LogEntry:
    """Save it as the person's own; Stop when it seems to be there already, and not `another` one."""
    rules, day = running.in_force(), draft.day or day_of(now, person.zone)
    if draft.kind is LogKind.TALLY and draft.expectation_id is None:
        return logbook.tally(draft.said, draft.day, person, now, rules)
    title, moment = logbook.draft_activity(draft.kind, draft.said, day, person.zone)
    alike = [] if another else log_alike.alike(person.id, draft.said.get("url", ""), title, moment)
    if alike:
        raise Stop(f"this seems to be there already ({alike[0].why}, {alike[0].day}); --another keeps it", Exit.INPUT)
    return logbook.save(draft, person, now, rules)


def _hand_over(draft: Draft, person: Person, other: Person, now: datetime) -> LogEntry:
    """Save it for a colleague, who is asked; until they take it, it counts for nobody."""
    entry = logbook.save(draft, person, now, running.in_force(), mine=False)
    assert entry.activity_id is not None
    offers.offer(entry.activity_id, other.id, Part.AUTHOR, SHAPES[draft.kind].name.lower(), by=person.id, now=now)
    return entry


def _draft(words: str, kind: str | None, day: datetime | None, pairs: tuple[str, ...], today: Any) -> Draft:
    """What the words and options come to; Stop in words when something is missing."""
    if len(words) > LONGEST:
        raise Stop(f"that is too long for a line: at most {LONGEST} characters", Exit.INPUT)
    vocabulary = running.in_force().vocabulary
    reading = read(words, today, vocabulary)
    what = LogKind(kind) if kind else reading.kind or LogKind.OTHER
    given = dict(reading.said) if reading.kind in (what, None) else {_first(what): words, "text": words}
    given |= dict(pair.partition("=")[::2] for pair in pairs)
    named = day.date() if day else reading.day
    personas = {key: term.name for key, term in vocabulary.personas.items()}
    found: Checked = check(what, {**given, "day": named.isoformat() if named else ""}, today, personas)
    unknown = {pair.partition("=")[0] for pair in pairs} - {one.name for one in SHAPES[what].fields}
    if unknown:
        known = ", ".join(one.name for one in SHAPES[what].fields)
        raise Stop(f"{what} has no field {min(unknown)!r}; it has {known}", Exit.INPUT)
    if found.wrong:
        lacks = "\n".join(f"  {name}: {mend} (--set {name}=…)" for name, mend in found.wrong.items())
        raise Stop(
            f"taken for {SHAPES[what].name.lower()} ({what}), and something is to be mended:\n{lacks}", Exit.INPUT
        )
    return Draft(kind=what, said=found.said, day=found.day)


def _first(kind: LogKind) -> str:
    return next((one.name for one in SHAPES[kind].fields if one.needed and not one.choices), "text")


def _told(entry: LogEntry, person: Person, dry_run: bool) -> dict[str, Any]:
    """The entry in the shape of docs/interfaces/log-add.schema.json."""
    assert entry.activity_id is not None
    supports = activity_page.supports(entry.activity_id, person.id)
    return {
        "entry": None if dry_run else entry.id,
        "kind": entry.kind,
        "day": entry.day.isoformat(),
        "fields": entry.entry.says,
        "supports": [
            {"sentence": one.sentence, "strength": one.strength.value, "why": list(one.whys)} for one in supports
        ],
    }


def _show(told: dict[str, Any]) -> None:
    fields = "; ".join(f"{name}: {value}" for name, value in told["fields"].items())
    done = "Would be logged" if told["entry"] is None else "Logged"
    click.echo(f"{done} as {SHAPES[LogKind(told['kind'])].name.lower()}, {told['day']} ({fields}).")
    for one in told["supports"]:
        click.echo(f"{'May support' if one['strength'] == 'weak' else 'Supports'}: {one['sentence']}")
        click.echo(f"  because: {'; '.join(one['why'])}")
    if not told["supports"]:
        click.echo("It supports no sentence yet: say more in its words, or attach it by hand on its page.")


def _show_taken(taken: Taken, name: str, dry_run: bool, as_json: bool) -> None:
    for one in taken.bad:
        said = f"{one.column}: {one.value!r}" if one.value else f"{one.column} is missing"
        click.echo(f"{name}, line {one.number}, {said}. {one.mend}", err=True)
    if as_json:
        bad = [{"line": one.number, "column": one.column, "value": one.value, "mend": one.mend} for one in taken.bad]
        say({"new": taken.new, "same": taken.same, "bad": bad, "dry_run": dry_run})
    else:
        would = "would be " if dry_run else ""
        click.echo(f"{taken.new} {would}new, {taken.same} there already, {len(taken.bad)} to mend.")
