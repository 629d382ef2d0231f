"""Quick add: paste a link or say what you did; a short form for what it is taken for, and saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import logbook
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.logbook.checked import check
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.reading import LONGEST, Reading, read
from advocacy.domain.logbook.shapes import ELSEWHERE, SHAPES
from advocacy.domain.period import quarter_of
from advocacy.flashes import Undo, say
from advocacy.forms import is_key
from advocacy.logbook import Draft
from advocacy.models import colleagues, db, jobs, log_alike, log_entries, offers, sentences
from advocacy.models.base import Missing
from advocacy.models.log_alike import Alike
from advocacy.models.log_entries import LogEntry
from advocacy.models.people import Person
from advocacy.models.words import Part
from advocacy.running import in_force

bp = Blueprint("add", __name__, url_prefix="/add")

RECENT = 5
WHOSE = {"mine": Part.AUTHOR, "ours": Part.CO_AUTHOR, "theirs": Part.AUTHOR}
UNFURLED = frozenset({LogKind.POST, LogKind.WRITING})
"""Kinds that ask for what a page can tell."""


@bp.get("")
@signed_in
def ask() -> str:
    """What did you do? One field, or the short form of what was read in it."""
    line = request.args.get("q", "").strip()[:LONGEST]
    sentence = _sentence(request.args.get("expectation", ""))
    reading = read(line, today(), in_force().vocabulary) if line else None
    kind = _kind(request.args.get("kind", "")) or (reading.kind if reading else None)
    if kind is None and (line or sentence):
        kind = LogKind.OTHER
    if kind is None:
        return _first("")
    return _form(kind, _proposed(kind, line, reading), reading=reading)


@bp.post("")
@signed_in
def look() -> Response | tuple[str, int]:
    """Save a link at once; of words, show what they are taken for."""
    line = " ".join(request.form.get("q", "").split())
    if not line or len(line) > LONGEST:
        most = f"That is too long for a line: at most {LONGEST} characters, these are {len(line)}. Choose a form below."
        return _first(most if line else "Paste a link, or say in a few words what you did."), 422
    reading = read(line, today(), in_force().vocabulary)
    if not reading.is_link:
        return redirect(url_for(".ask", q=line), 303)
    draft = Draft(kind=LogKind.POST, said=reading.said, day=reading.day)
    if found := _alike(draft):
        return _form(LogKind.POST, _proposed(LogKind.POST, line, reading), alike=found), 409
    return _saved(logbook.save(draft, me(), now(), in_force()))


@bp.post("/save")
@signed_in
def save() -> Response | tuple[str, int]:
    """Save what a form says; another kind may be chosen first, and nothing that was typed is lost."""
    if turned := _kind(request.form.get("turn", "")):
        return _form(turned, _carried(turned, request.form)), 200
    kind = _kind(request.form.get("kind", "")) or LogKind.OTHER
    sentence = _sentence(request.form.get("expectation", ""))
    found = check(kind, request.form, today(), _personas())
    whose, other = _for_whom(found.wrong)
    if found.wrong:
        return _form(kind, request.form, wrong=found.wrong), 422
    draft = Draft(kind=kind, said=found.said, day=found.day, expectation_id=sentence)
    alike = [] if kind is LogKind.TALLY or "another" in request.form or whose == "theirs" else _alike(draft)
    if alike:
        return _form(kind, request.form, alike=alike), 409
    if kind is LogKind.TALLY and whose == "mine" and not sentence:
        return _saved(logbook.tally(draft.said, draft.day, me(), now(), in_force()))
    entry = logbook.save(draft, me(), now(), in_force(), mine=whose != "theirs")
    if other:
        assert entry.activity_id is not None
        words = SHAPES[kind].name.lower()
        offers.offer(entry.activity_id, other.id, WHOSE[whose], words, by=me().id, now=now())
    return _saved(entry, other)


def _saved(entry: LogEntry, other: Person | None = None) -> Response:
    url = str(entry.said.get("url", ""))
    if url and LogKind(entry.kind) in UNFURLED and not (entry.said.get("title") and entry.said.get("text")):
        jobs.ask_unfurl(entry.id, url, me().id, now())
    db.session.commit()
    asked = f" {other.name} is asked, and until they take it, it counts for nobody else." if other else ""
    undo = Undo(url_for("log.delete", entry_id=entry.id))
    if entry.kind == LogKind.TALLY and entry.created_at != now():
        undo = Undo(url_for("log.tap", entry_id=entry.id), {"by": -int(request.form.get("count") or 1)})
    say(f"Saved.{asked}", undo)
    return redirect(url_for("log.show", entry_id=entry.id), 303)


def _for_whom(wrong: dict[str, str]) -> tuple[str, Person | None]:
    """Whose it is, and the colleague that is named; what cannot be read is noted beside its field."""
    whose = request.form.get("whose", "mine")
    if whose not in WHOSE:
        whose = "mine"
    if whose == "mine":
        return whose, None
    try:
        return whose, colleagues.named(request.form.get("colleague", ""), me().id)
    except Missing as error:
        wrong["colleague"] = str(error)
        return whose, None


def _alike(draft: Draft) -> list[Alike]:
    title, moment = logbook.draft_activity(draft.kind, draft.said, draft.day or today(), me().zone)
    return log_alike.alike(me().id, draft.said.get("url", ""), title, moment)


def _kind(words: str) -> LogKind | None:
    return LogKind(words) if words in set(LogKind) else None


def _sentence(words: str) -> int | None:
    """A sentence of one's own role page; raise Missing for anybody else's."""
    if not words:
        return None
    if not is_key(words):
        raise Missing("there is no such sentence")
    return sentences.of_person(int(words), me().id).expectation_id


def _personas() -> dict[str, str]:
    return {key: term.name for key, term in in_force().vocabulary.personas.items()}


def _proposed(kind: LogKind, line: str, reading: Reading | None) -> dict[str, str]:
    """What the form is filled with: what the address says, else what was read in the line."""
    said = dict(reading.said) if reading and reading.kind in (kind, None) else _carried(kind, {"text": line})
    if reading and reading.said.get("url"):
        said["url"] = reading.said["url"]
    if reading and reading.day:
        said["day"] = reading.day.isoformat()
    given = {name: value for name, value in request.args.items() if value and name not in ("q", "kind")}
    return {**said, **given, "q": line}


def _carried(kind: LogKind, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the form of another kind, in the fields of this one."""
    kept = dict(given.items())
    words = next((kept[name] for name in ("topic", "title", "need", "project", "text") if kept.get(name)), "")
    first = next((one.name for one in SHAPES[kind].fields if one.needed and not one.choices), "text")
    return {**kept, **({first: kept.get(first) or words} if first != "place" else {})}


def _form(
    kind: LogKind,
    values: Mapping[str, str],
    *,
    wrong: Mapping[str, str] | None = None,
    alike: list[Alike] | None = None,
    reading: Reading | None = None,
) -> str:
    page = sentences.pages(me().id)
    return render_template(
        "add/form.html",
        kind=kind,
        shapes=SHAPES,
        values=values,
        wrong=wrong or {},
        alike=alike or [],
        elsewhere=_elsewhere(values, reading),
        personas=_personas(),
        sentences=sentences.of_page(page[0].id) if page else [],
        mates=colleagues.near(me().id, today()),
        today=today(),
    )


def _elsewhere(values: Mapping[str, str], reading: Reading | None = None) -> list[tuple[str, str, bool]]:
    """What has a page of its own: its name, where it stands with what was read, whether the words speak of it."""
    told: dict[str, Any] = {name: values.get(name) or None for name in ("title", "day")}
    link = values.get("url") or None
    return [
        (words, url_for(endpoint, **{**told, field: link}), bool(reading and reading.elsewhere == name))
        for name, (words, endpoint, field) in ELSEWHERE.items()
    ]


def _first(problem: str) -> str:
    return render_template(
        "add/ask.html",
        problem=problem,
        shapes=SHAPES,
        elsewhere=_elsewhere({}),
        recent=log_entries.newest(me().id, RECENT),
        tallies=_tallies(quarter_of(today()).start),
        today=today(),
    )


def _tallies(since: date) -> list[tuple[LogEntry, int, int]]:
    """Each place once, by its newest entry: how much help it was since that day, and on how many days."""
    found: dict[tuple[str, str], list[LogEntry]] = {}
    for one in log_entries.tallies(me().id, since):
        key = str(one.said.get("place", "")).casefold(), str(one.said.get("about", "")).casefold()
        found.setdefault(key, []).append(one)
    return [(all_[0], sum(int(one.said.get("count") or 1) for one in all_), len(all_)) for all_ in found.values()]
