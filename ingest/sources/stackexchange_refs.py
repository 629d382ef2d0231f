"""The refs of Stack Exchange: `stackexchange:<site host>/a/<id>`, `/q/<id>` and `/c/<id>`."""

import re
from typing import NamedTuple

from advocacy.domain.stack_sites import site_of

ANSWERS, QUESTIONS, COMMENTS = "answers", "questions", "comments"
LETTERS = {ANSWERS: "a", QUESTIONS: "q", COMMENTS: "c"}
IDS = {ANSWERS: "answer_id", QUESTIONS: "question_id", COMMENTS: "comment_id"}
"""What the API calls the number of each."""

METHOD_OF = {letter: method for method, letter in LETTERS.items()}
_SHAPE = re.compile(r"stackexchange:([a-z0-9.-]+)/([aqc])/([0-9]{1,18})")


class Ref(NamedTuple):
    """One post: the site's host, the API's method that gives it, and its number there."""

    host: str
    method: str
    id: int

    def __str__(self) -> str:
        return f"stackexchange:{self.host}/{LETTERS[self.method]}/{self.id}"


def ref_of(words: str) -> Ref | None:
    """Take a ref apart; None for one that is not of this platform."""
    found = _SHAPE.fullmatch(words)
    return Ref(found[1], METHOD_OF[found[2]], int(found[3])) if found and site_of(found[1]) else None


def thread_key(host: str, question: int) -> str:
    """What all messages below one question share."""
    return str(Ref(host, QUESTIONS, question))
