"""The pack as Markdown, for a document, a pull request or a wiki."""

import re
from collections.abc import Iterator

from advocacy import display
from advocacy.domain.period import Period
from advocacy.models.pack import Piece
from advocacy.review.gather import Entry, Pack

MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def markdown(pack: Pack) -> str:
    """The whole pack; what people wrote stands in it as text, whatever marks it holds."""
    return "\n".join(_lines(pack)) + "\n"


def plain(words: str) -> str:
    """Words on one line that Markdown takes for nothing but words."""
    return MARKS.sub(r"\\\1", " ".join(words.split()))


def _lines(pack: Pack) -> Iterator[str]:
    board = pack.board
    yield f"# {plain(board.person.name)}: {plain(board.role_title)}, {display.period_title(board.period)}"
    yield ""
    as_of = display.exact(pack.made_at, board.person.zone)
    counted = "what was confirmed" if pack.confirmed_only else "what was confirmed, and strong matches"
    yield f"As of {as_of} ({board.person.zone}). Counted is {counted}; numbers are as they were last told."
    for title, entries in pack.sections:
        yield from ("", f"## {plain(title)}")
        for entry in entries:
            yield from _entry(entry, board.period)


def _entry(entry: Entry, period: Period) -> Iterator[str]:
    line = entry.line
    yield from ("", f"### {plain(line.text)}", "")
    yield f"**{display.STATES[line.progress.state][1]}**{_counts(entry, period)}"
    for note in display.notes(line.progress):
        yield f"  \n_{plain(note)}_"
    if entry.claim:
        yield f"  \nSays of it: {display.CLAIMS[entry.claim][1]}"
    if entry.own_words:
        yield from ("", f"> {plain(entry.own_words)}")
    if entry.pieces:
        yield ""
    yield from (f"- ★ {piece(one)}" for one in entry.pinned)
    yield from (f"- {piece(one)}" for one in entry.others)


def _counts(entry: Entry, period: Period) -> str:
    groups = entry.line.progress.measures
    told = [" or ".join(display.figure(one, period) for one in group) for group in groups]
    if told:
        return f" – {plain('; '.join(told))}"
    number = len(entry.pieces)
    return f" – {display.plural(number, 'piece')} attached" if number else ""


def piece(one: Piece) -> str:
    """One piece on a line: day, what it was, where, the numbers with their day."""
    name = plain(display.heading(one.title, display.extract(one.excerpt), one.kind, one.platform))
    address = display.link(one.url).replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    where = f"{display.KINDS[one.kind][0]}, {display.platform(one.platform)}" + (
        f", {plain(one.channel)}" if one.channel else ""
    )
    told = [one.day.isoformat(), f"[{name}]({address})" if address else name, f"({where})"]
    if one.numbers:
        told.append("– " + ", ".join(f"{plain(n.metric)} {n.value:,} (as of {n.day.isoformat()})" for n in one.numbers))
    if one.deleted:
        told.append("– deleted where it was posted")
    return " ".join(told)
