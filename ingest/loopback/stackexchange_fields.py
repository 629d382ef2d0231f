"""Filters: which fields of an object the API gives, and the ids under which they are kept."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

Fields = frozenset[str]
"""Names like `answer.body`; those that begin with a dot are the wrapper's."""

_WRAPPER = ".items .has_more .backoff .error_id .error_message .error_name .quota_max .quota_remaining"
_DEFAULT = {
    "answer": (
        "owner is_accepted score last_activity_date last_edit_date creation_date answer_id question_id content_license"
    ),
    "question": (
        "tags owner is_answered view_count accepted_answer_id answer_count score last_activity_date creation_date "
        "last_edit_date question_id content_license link title"
    ),
    "comment": "owner edited score creation_date post_id comment_id content_license",
    "user": "user_id user_type display_name creation_date link",
    "shallow_user": "user_id user_type display_name link",
}
DEFAULT: Fields = frozenset(_WRAPPER.split()) | {
    f"{kind}.{name}" for kind, names in _DEFAULT.items() for name in names.split()
}
NONE: Fields = frozenset()
BODIES: Fields = frozenset({"answer.body", "question.body", "comment.body"})
_BUILT_IN = {"default": DEFAULT, "withbody": DEFAULT | BODIES, "none": NONE}
_MORE = frozenset(
    "answer.title answer.tags answer.link answer.comment_count question.answers question.comment_count "
    "comment.link user.about_me".split()
)
KNOWN = DEFAULT | BODIES | _MORE


class UnknownFilter(ValueError):
    """No filter of that id was made here, or a field of it is none."""


class Filters:
    """The filters that were made; they are the same for everybody, and never change."""

    def __init__(self) -> None:
        self._made: dict[str, Fields] = {}

    def make(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Make a filter of a base and a list of fields, as `/filters/create` answers it."""
        asked = frozenset(filter(None, query.get("include", "").split(";")))
        if asked - KNOWN:
            raise UnknownFilter(f"include: {sorted(asked - KNOWN)[0]}")
        fields = (self.fields(query.get("base", "default")) | asked) - set(query.get("exclude", "").split(";"))
        identity = f"!{blake2b(repr(sorted(fields)).encode(), digest_size=9).hexdigest()}"
        self._made[identity] = fields
        kind = "unsafe" if query.get("unsafe") == "true" else "safe"
        return {"filter": identity, "filter_type": kind, "included_fields": sorted(fields)}

    def fields(self, identity: str) -> Fields:
        """The fields of a filter."""
        found = _BUILT_IN.get(identity, self._made.get(identity))
        if found is None:
            raise UnknownFilter("Invalid filter specified")
        return found


def picked(kind: str, whole: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """Of an object what the filter lets through; what is None is not there at all."""
    return {name: value for name, value in whole.items() if value is not None and f"{kind}.{name}" in fields}
