"""Whose yes a proposal needs before it is sent, and how each of them stands: a yes is to one text."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ApprovalKind(StrEnum):
    """In which part somebody is asked."""

    PEER = "peer"
    MANAGER = "manager"
    MARKETING = "marketing"


class Said(StrEnum):
    """What is said in the matter, the question first."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    CHANGE = "change"


class Stand(StrEnum):
    """How an approval stands towards the text of today."""

    GIVEN = "given"
    STALE = "stale"  #: the text was changed after the yes
    WAITING = "waiting"
    REFUSED = "refused"
    CHANGE = "change"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One thing said: the question, or the answer of whom it went to."""

    id: int
    kind: ApprovalKind
    said: Said
    text: str  #: the mark of the text that it was said of
    at: datetime
    asked_id: int | None = None  #: None: any of marketing
    asked: str = ""
    by: str = ""
    note: str = ""
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Whom was asked, the last word in the matter, and how it stands."""

    kind: ApprovalKind
    last: Word
    stand: Stand


def mark(title: str, abstract: str) -> str:
    """What two texts share only when they say the same; blanks at the ends and doubled ones say nothing."""
    told = "\x00".join(" ".join(words.split()) for words in (title, abstract))
    return hashlib.sha256(told.encode()).hexdigest()


def questions(words: Iterable[Word], text: str) -> list[Question]:
    """Each question with its last word in force, in the order in which they were first asked."""
    last: dict[tuple[ApprovalKind, int | None], Word] = {}
    for word in words:
        if word.taken_back_at is None:
            last[word.kind, word.asked_id] = word
    return [Question(word.kind, word, _stand(word, text)) for word in last.values()]


def stands(asked: Sequence[Question], needed: Collection[str]) -> dict[ApprovalKind, Stand]:
    """How each kind stands that is needed or was asked for: whoever was asked must have said yes to this text."""
    kinds = [kind for kind in ApprovalKind if kind in needed or any(one.kind is kind for one in asked)]
    return {kind: _worst([one.stand for one in asked if one.kind is kind]) for kind in kinds}


def missing(asked: Sequence[Question], needed: Collection[str]) -> dict[ApprovalKind, Stand]:
    """Which needed yes is not there for this text, and how it stands."""
    found = stands(asked, needed)
    return {kind: stand for kind, stand in found.items() if kind in needed and stand is not Stand.GIVEN}


def _stand(word: Word, text: str) -> Stand:
    if word.said is Said.YES:
        return Stand.GIVEN if word.text == text else Stand.STALE
    return {Said.ASKED: Stand.WAITING, Said.NO: Stand.REFUSED, Said.CHANGE: Stand.CHANGE}[word.said]


def _worst(found: Sequence[Stand]) -> Stand:
    order = (Stand.REFUSED, Stand.CHANGE, Stand.STALE, Stand.WAITING, Stand.GIVEN)
    return next((one for one in order if one in found), Stand.NOT_ASKED)
