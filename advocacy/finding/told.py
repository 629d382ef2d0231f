"""An answer as rows of a sheet, as Markdown and as JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from advocacy.finding.find import Found, Speaker
from advocacy.finding.proofs import Proof

COLUMNS = (
    *("name", "score", "match", "depth", "recency", "delivery", "works", "delivered", "last", "ahead"),
    *("residence", "travels", "languages", "formats", "willing", "new_voice", "receipt_1", "receipt_2", "receipt_3"),
)


def rows(found: Found) -> Iterator[tuple[object, ...]]:
    """A row for each person, new voices after the others."""
    yield from (_row(one, is_new=False) for one in found.speakers)
    yield from (_row(one, is_new=True) for one in found.voices)


def _row(one: Speaker, *, is_new: bool) -> tuple[object, ...]:
    told, ranked = one.candidate.told, one.ranked
    receipts = [f"{each.title} {each.url}".strip() for each in one.proofs]
    return (
        *(one.name, ranked.score, *(factor.points for factor in one.factors)),
        *(ranked.works, ranked.delivered, ranked.last, one.load.total),
        *(told.residence, told.journey, ", ".join(told.languages), ", ".join(told.formats)),
        *("yes" if told.speaks else "", "yes" if is_new else "", *receipts, *[""] * (3 - len(receipts))),
    )


def markdown(found: Iterable[tuple[str, Found]]) -> str:
    """Shortlists, one chapter a question."""
    parts = [part for asked, one in found for part in (f"# {asked or 'Speakers'}", *map(_chapter, one.speakers))]
    return "\n\n".join(parts) + "\n"


def _chapter(one: Speaker) -> str:
    told = one.candidate.told
    facts = [
        f"{one.ranked.score:g} of 100: " + ", ".join(f"{factor.name} {factor.points:g}" for factor in one.factors),
        ", ".join(filter(None, (told.residence, told.journey, ", ".join(told.languages)))),
        *map(_receipt, one.proofs),
    ]
    return f"## {_plain(one.name)}\n\n" + "\n".join(f"- {fact}" for fact in facts if fact)


def _receipt(one: Proof) -> str:
    title = _plain(one.title or one.excerpt[:80])
    return f"{one.day.isoformat()} {one.kind.value.replace('_', ' ')}: " + (
        f"[{title}](<{one.url}>)" if one.url else title
    )


def _plain(words: str) -> str:
    """Without what Markdown would take for its own."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(words.split()))


def as_json(found: Found) -> dict[str, Any]:
    """The whole answer."""
    question = found.question
    return {
        "question": question.words,
        "looked_for": [{"label": one.label, "topic": one.topic or None} for one in question.wanted],
        "place": question.place or None,
        "days": [one.isoformat() for one in question.days] if question.days else None,
        "notes": list(question.notes),
        "count": found.count,
        "private": found.private,
        "speakers": [_speaker(one) for one in found.speakers],
        "new_voices": [_speaker(one) for one in found.voices],
        "co_speaker": found.beside.name if found.beside else None,
    }


def _speaker(one: Speaker) -> dict[str, Any]:
    told = one.candidate.told
    return {
        "person": one.person_id,
        "name": one.name,
        "score": one.ranked.score,
        "factors": [
            {"name": f.name, "weight": f.weight, "value": round(f.value, 4), "points": f.points, "how": f.how}
            for f in one.factors
        ],
        "works": one.ranked.works,
        "delivered": one.ranked.delivered,
        "last": one.ranked.last.isoformat(),
        "ahead": one.load.total,
        "residence": told.residence or None,
        "travels": told.travels or None,
        "languages": list(told.languages),
        "formats": list(told.formats),
        "willing": told.speaks,
        "receipts": [_proof(each) for each in one.proofs],
    }


def _proof(one: Proof) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "kind": one.kind.value, "title": one.title, "url": one.url or None}
