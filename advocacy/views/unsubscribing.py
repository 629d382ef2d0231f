"""Letters stopped by the address that stands in each of them: by a mail program's button, or without signing in."""

from flask import Blueprint, render_template

from advocacy.access import public
from advocacy.context import now
from advocacy.letters.words import stopped
from advocacy.models import Missing, db, letter_stops, letter_wishes, outbox

bp = Blueprint("unsubscribing", __name__, url_prefix="/letters/stop")


@bp.get("/<token>")
@public
def ask(token: str) -> str:
    """A page with the button: reading an address changes nothing, for programs read what is in letters, too."""
    _, kind = _whose(token)
    return render_template("unsubscribing/show.html", token=token, stopped=False, kind=kind)


@bp.post("/<token>")
@public
def stop(token: str) -> str:
    """Stop them; mail programs post here by themselves (RFC 8058), with no cookie and no form of ours."""
    person_id, kind = _whose(token)
    if kind == outbox.DIGEST:
        letter_wishes.stop(person_id, now())
    else:
        letter_stops.stop(person_id, kind, now())
    db.session.commit()
    return render_template("unsubscribing/show.html", token=token, stopped=True, kind=kind)


def _whose(token: str) -> tuple[int, str]:
    person_id, kind = stopped(token)
    if kind not in (outbox.DIGEST, outbox.CLASS, outbox.SURVEY, outbox.ASK, outbox.CALL):
        raise Missing("there is nothing here")
    return person_id, kind
