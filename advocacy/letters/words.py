"""A digest as a letter: the text, the same as HTML, and the foot that goes with it."""

from collections.abc import Mapping
from textwrap import fill

from flask import render_template
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import escape

from advocacy import running
from advocacy.addresses import address
from advocacy.domain.digest import Digest, Line, Place
from advocacy.models.base import Missing
from advocacy.models.people import Person

WIDE = 72
ENDPOINTS: Mapping[Place, tuple[str, str]] = {
    Place.TIMELINE: ("timeline.show", ""),
    Place.INBOX: ("inbox.show", ""),
    Place.ASKED: ("testimony.asked", ""),
    Place.SENTENCE: ("expectations.show", "expectation_id"),
    Place.SURVEYS: ("surveys.show", ""),
    Place.PROPOSAL: ("proposals.show", "proposal_id"),
    Place.EVENT: ("events.one", "event_id"),
    Place.CLASS: ("classes.show", "class_id"),
    Place.WRITING: ("writing.show", ""),
    Place.APPROVALS: ("approvals.show", ""),
    Place.HOME: ("home.show", ""),
}
WITHOUT_NUMBER: Mapping[Place, str] = {Place.SENTENCE: "home.show", Place.CLASS: "trainings.show"}
"""Where a line leads that names no single one."""


def written(told: Digest, person: Person) -> dict[str, str]:
    """The subject, text and html of a letter."""
    given = {"digest": told, "person": person, "link": link, "fill": _filled, "letters": address("letters.show")}
    return {
        "subject": told.subject,
        "text": render_template("letters/digest.txt", **given),
        "html": render_template("letters/digest.html", **given),
    }


def link(line: Line) -> str:
    """The address that a line leads to."""
    endpoint, name = ENDPOINTS[line.place]
    if name and line.number is None:
        return address(WITHOUT_NUMBER[line.place])
    return address(endpoint, **({name: line.number} if name else {}))


def stop_address(person_id: int, kind: str) -> str:
    """The address by which a person ends letters of a kind without signing in: signed, and stored nowhere."""
    return address("unsubscribing.ask", token=_signer().dumps([person_id, kind]))


def footed(text: str, html: str, stop: str) -> tuple[str, str]:
    """Both forms with the way to end such letters below them."""
    body, end, rest = html.rpartition("</body>")
    foot = f'<p><a href="{escape(stop)}">Stop these letters</a>, without signing in.</p>\n'
    return f"{text.rstrip()}\n\nStop these letters, without signing in:\n{stop}\n", f"{body}{foot}{end}{rest}"


def stopped(token: str) -> tuple[int, str]:
    """Whose letters, and of which kind, such an address ends; raise Missing for one that we did not sign."""
    try:
        person_id, kind = _signer().loads(token)
    except (BadData, ValueError, TypeError) as error:
        raise Missing("there is nothing here") from error
    return int(person_id), str(kind)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(running.settings().secret_key, salt="letters.stop")


def _filled(words: str) -> str:
    return fill(
        words, WIDE, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
