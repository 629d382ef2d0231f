"""Letters stopped by the address that stands in each of them: by a mail program's button, or without signing in."""

from flask import Blueprint, render_template

from advocacy.access import public
from advocacy.context import now
from advocacy.letters.words import stopped
from advocacy.models import Missing, db, letter_wishes, outbox

bp = Blueprint("unsubscribing", __name__, url_prefix="/letters/stop")


@bp.get("/<token>")
@public
def ask(token: str) -> str:
    """A page with the button: reading an address changes nothing, for programs read what is in letters, too."""
    _whose(token)
    return render_template("unsubscribing/show.html", token=token, stopped=False)


@bp.post("/<token>")
@public
def stop(token: str) -> str:
    """Stop them; mail programs post here by themselves (RFC 8058), with no cookie and no form of ours."""
    letter_wishes.stop(_whose(token), now())
    db.session.commit()
    return render_template("unsubscribing/show.html", token=token, stopped=True)


def _whose(token: str) -> int:
    person_id, kind = stopped(token)
    if kind != outbox.DIGEST:
        raise Missing("there is nothing here")
    return person_id
