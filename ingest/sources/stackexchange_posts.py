"""From what the API says of an answer, a question or a comment to an activity. Pure.

The tags stand in brackets before the text, as the sites themselves write them: they are part of a question, and what
an answer is about; rules find a subject only near the beginning. The address is the short one, for the long one
changes with the title. `last_edit_date` needs no place of its own: an edit is another text.
"""

import json
import re
from datetime import UTC, datetime

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from ingest.prose import TITLE_LIMIT, html_to_text, unescaped
from ingest.source import Unreadable
from ingest.sources.stackexchange_json import Item, count, inner, moment, number, tags_of, words
from ingest.sources.stackexchange_refs import ANSWERS, COMMENTS, IDS, LETTERS, QUESTIONS, Ref, thread_key
from ingest.sources.stackexchange_threads import UNKNOWN, Discussion, of_answer, of_question

KINDS = {ANSWERS: Kind.ANSWER, QUESTIONS: Kind.QUESTION, COMMENTS: Kind.REPLY}
_RAW_LIMIT = 32_000
_OF_COMMENT = re.compile(r"/questions/(\d{1,18})/")
_METRICS = {"score": "score", "view_count": "views", "answer_count": "answers"}


class BadItem(ValueError):
    """Nothing that could be kept: no identity, or no date at all; the message says which."""


def activity(host: str, method: str, item: Item, now: datetime, seen: Discussion = UNKNOWN) -> Activity:
    """Translate one item; `seen` is the thread it stands in. Raise BadItem for what has no number or no date."""
    identity = identity_of(method, item)
    if identity is None:
        raise BadItem(f"it has no {IDS[method]}")
    created, otherwise = moment(item.get("creation_date"), now), moment(item.get("last_activity_date"), now)
    if created is None and otherwise is None:
        raise BadItem("it has no date that can be believed")
    return Activity(
        ref=str(Ref(host, method, identity)),
        kind=KINDS[method],
        platform=Platform.STACKEXCHANGE,
        at=datetime.fromtimestamp(created or otherwise or 0, UTC),
        at_guessed=created is None,
        title=line_of(item.get("title") or seen.title),
        text=_text(host, item, seen),
        channel=host,
        url=_address(host, method, identity, item),
        thread=_thread(host, method, identity, item, seen),
        metrics=_metrics(method, item, seen),
        authors=tuple(filter(None, [line_of(inner(item.get("owner")).get("display_name"))])),
    )


def identity_of(method: str, item: Item) -> int | None:
    """The item's number, None when it has none."""
    return count(item.get(IDS[method]))


def question_of(method: str, item: Item) -> int | None:
    """The question that the item stands below; of a comment its link alone tells."""
    if method == COMMENTS:
        found = _OF_COMMENT.search(words(item.get("link")))
        return int(found[1]) if found else None
    return count(item.get("question_id"))


def line_of(escaped: object) -> str:
    """A title or a name in one line; they come HTML-escaped, and are unescaped exactly once."""
    return " ".join(unescaped(words(escaped)).split())[:TITLE_LIMIT]


def unreadable(host: str, method: str, item: object, reason: str) -> Unreadable:
    """The item as it goes to quarantine."""
    identity = identity_of(method, item) if isinstance(item, dict) else None
    raw = json.dumps(item, ensure_ascii=True)[:_RAW_LIMIT]
    return Unreadable(ref=f"stackexchange:{host}/{LETTERS[method]}/{identity or '?'}", reason=reason, raw=raw)


def _text(host: str, item: Item, seen: Discussion) -> str:
    body = html_to_text(words(item.get("body")), f"https://{host}/")
    tags = " ".join(f"[{tag}]" for tag in tags_of(item) or seen.tags)
    return f"{tags}\n\n{body}".strip()


def _address(host: str, method: str, identity: int, item: Item) -> str:
    if method != COMMENTS:
        return f"https://{host}/{LETTERS[method]}/{identity}"
    post = count(item.get("post_id"))
    return "" if post is None else f"https://{host}/q/{post}#comment{identity}_{post}"


def _thread(host: str, method: str, identity: int, item: Item, seen: Discussion) -> Thread:
    if method == ANSWERS:
        return of_answer(host, item, question_of(method, item), identity, seen)
    if method == QUESTIONS:
        return of_question(host, item, identity, seen)
    question = question_of(method, item)
    return Thread(key="" if question is None else thread_key(host, question), role=ThreadRole.JOINED)


def _metrics(method: str, item: Item, seen: Discussion) -> dict[str, int]:
    """The numbers; on an answer `answers` says how many the question has, itself among them."""
    told = {name: number(item.get(key)) for key, name in _METRICS.items()}
    if method == ANSWERS:
        told["answers"] = seen.answers
    return {name: value for name, value in told.items() if value is not None}
