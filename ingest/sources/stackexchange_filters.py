"""Which fields we ask for: filters that the API keeps for ever, made once and remembered in the cursors.

A filter's id is the API's own and cannot be made up here, so the first visit ever has it made (one request each).
Two of them, for the body of one's own post is wanted and those of strangers are not: `POSTS` is what the API gives
anyway, with bodies, the question's title, tags and link on an answer, and what a person says of themselves; `THREADS`
is a question with the scores and the owners of its answers. The built-in `withbody` would need a further request for
each hundred questions, and the answers of a question read by `/questions/{ids}/answers` come a hundred a page, where
here all of a hundred questions come in one.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from types import MappingProxyType

POSTS, THREADS = "posts", "threads"

_POSTS = (
    *("answer.body", "answer.title", "answer.tags", "answer.link"),
    *("question.body", "comment.body", "comment.link", "user.about_me"),
)
_THREADS = (
    *(".items", ".has_more", ".backoff", ".error_id", ".error_message", ".error_name", ".quota_remaining"),
    *("question.question_id", "question.title", "question.tags", "question.owner", "question.answer_count"),
    *("question.answers", "answer.answer_id", "answer.score", "answer.owner", "shallow_user.user_id"),
)
ASKED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        POSTS: {"base": "default", "include": ";".join(_POSTS), "unsafe": "false"},
        THREADS: {"base": "none", "include": ";".join(_THREADS), "unsafe": "false"},
    }
)
"""What `/filters/create` is asked for each."""


def line(name: str, identity: str) -> str:
    """A filter's id as a cursor remembers it; when we ask for other fields, it is not found any more."""
    return f"{name} {_mark(name)} {identity}"


def remembered(lines: Iterable[object]) -> dict[str, str]:
    """The ids in a cursor's lines that are for what we ask today."""
    found = {}
    for told in lines:
        name, _, rest = str(told).partition(" ")
        mark, _, identity = rest.partition(" ")
        if name in ASKED and mark == _mark(name) and identity:
            found[name] = identity
    return found


def _mark(name: str) -> str:
    return blake2b(repr(sorted(ASKED[name].items())).encode(), digest_size=4).hexdigest()
