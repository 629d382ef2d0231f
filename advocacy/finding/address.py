"""What the address of a search asks for: the question and its filters; 400 in words for what is none."""

from collections.abc import Mapping

from flask import abort, request

from advocacy.domain.finding.wish import Wish, is_zone
from advocacy.domain.profile import FORMATS
from advocacy.forms import is_key

FIELDS = ("q", "language", "place", "zone", "form", "months", "given", "willing")
LONGEST = 200  #: characters of a field
MONTHS = (3, 6, 12, 24)
GIVEN = (1, 3, 5)


def chosen(said: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the address says, field by field, for the next address."""
    args = request.args if said is None else said
    return {name: value for name in FIELDS if (value := " ".join(args.get(name, "").split())[:LONGEST])}


def wish(said: Mapping[str, str]) -> Wish:
    """The filters."""
    form = said.get("form", "")
    if form not in ("", *FORMATS):
        abort(400, f"form must be {', '.join(FORMATS)} or nothing.")
    return Wish(
        language=said.get("language", ""),
        place=said.get("place", ""),
        zone=_zone(said.get("zone", "")),
        form=form,
        months=_number(said, "months"),
        given=_number(said, "given"),
        willing=bool(said.get("willing")),
    )


def _number(said: Mapping[str, str], name: str) -> int:
    words = said.get(name, "")
    if words and not (is_key(words) and int(words) < 1000):
        abort(400, f"{name} must be a number below 1000.")
    return int(words) if words else 0


def _zone(words: str) -> str:
    if words and not is_zone(words):
        abort(400, f"“{words}” is no time zone: write one like Asia/Kolkata or Europe/Berlin.")
    return words
