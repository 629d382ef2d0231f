"""What becomes of requests for trainings: votes, and a word by who asked or by a lead."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.domain.training import RequestState
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.base import Missing
from advocacy.models.steps import NotNow
from advocacy.models.trainings import requests
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.words import Capability

bp = Blueprint("wishes", __name__, url_prefix="/trainings/requests")


@bp.post("/<int:request_id>/vote")
@signed_in
def vote(request_id: int) -> Response:
    """Want it, too; or no more."""
    one, wanted = requests.one(request_id), request.form.get("vote", "1") == "1"
    if wanted:
        requests.vote(one.id, me().id, now())
    else:
        requests.unvote(one.id, me().id)
    db.session.commit()
    undo = Undo(url_for(".vote", request_id=request_id), {"vote": "0" if wanted else "1"})
    say("Your vote is counted." if wanted else "Your vote is taken away.", undo)
    return _back()


@bp.post("/<int:request_id>/state")
@signed_in
def become(request_id: int) -> Response:
    """Decline it, or let it go on in another one."""
    one, other = _decided(request_id), forms.number_or_none("into")
    try:
        if other is not None:
            requests.merge(one, requests.one(other, to_change=True), by=me().id, now=now())
        else:
            requests.become(one, RequestState.DECLINED, forms.text("note", 500), by=me().id, now=now())
    except NotNow as error:
        say(f"Not kept: {error}.")
        return _back()
    db.session.commit()
    words = "It goes on in the other one." if other is not None else "Declined."
    say(words, Undo(url_for(".take_back", request_id=request_id)))
    return _back()


@bp.post("/<int:request_id>/back")
@signed_in
def take_back(request_id: int) -> Response:
    """Take the last step back."""
    one = _decided(request_id)
    try:
        requests.take_back(one, now())
    except NotNow as error:
        say(f"Not kept: {error}.")
        return _back()
    db.session.commit()
    say(f"Taken back: it is {one.state.value}.")
    return _back()


def _decided(request_id: int) -> TrainingRequest:
    """The request, for who asked and for leads; raise Missing for everybody else."""
    one = requests.one(request_id, to_change=True)
    if one.by_id != me().id and not me().can(Capability.LEAD):
        raise Missing("there is no such request of yours")
    return one


def _back() -> Response:
    return redirect(url_for("trainings.show", list="requests"), 303)
