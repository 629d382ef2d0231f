"""The accounts one has connected: how they are doing, and what one can do about each."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me, my_code, now
from advocacy.display import plural
from advocacy.domain.ignoring import words_of
from advocacy.models import Missing, connect, db, hosts, jobs, sources
from advocacy.models.sources import Card

bp = Blueprint("sources", __name__, url_prefix="/sources")


@bp.get("")
@signed_in
def show() -> str:
    """Where do my items come from, and is all of it well?"""
    return render_template("sources/show.html", cards=sources.cards(me(), now()), offline_since=hosts.offline_since())


@bp.get("/<int:account_id>/card")
@signed_in
def card(account_id: int) -> str:
    """One card by itself, for the page to renew while work is done."""
    return render_template("sources/card.html", card=_card(account_id))


@bp.post("/<int:account_id>/pull")
@signed_in
def pull(account_id: int) -> Response:
    """Ask the worker to read it now; pressing twice is one pull."""
    account = connect.own(account_id, me().id)
    if account.subscription_id is None or account.accepted_at is None or account.refused_at or account.paused_at:
        abort(400, "This source is not being read: resume or accept it first.")
    jobs.ask(jobs.PULL, str(account.subscription_id), {}, me().id, now())
    return _done(account_id, "Asked. The worker reads it within seconds.")


@bp.post("/<int:account_id>/pause")
@signed_in
def pause(account_id: int) -> Response:
    """Stop reading for now."""
    return _act(connect.pause, account_id, "Paused. What is there stays; nothing new is read.")


@bp.post("/<int:account_id>/resume")
@signed_in
def resume(account_id: int) -> Response:
    """Read on."""
    return _act(connect.resume, account_id, "Resumed. It is read again within minutes.")


@bp.post("/<int:account_id>/accept")
@signed_in
def accept(account_id: int) -> Response:
    """Agree to what an operator connected."""
    return _act(connect.accept, account_id, "Accepted. It is yours to pause or forget at any time.")


@bp.post("/<int:account_id>/refuse")
@signed_in
def refuse(account_id: int) -> Response:
    """Refuse what an operator connected."""
    connect.refuse(account_id, me().id, now())
    db.session.commit()
    flash("Refused. Nothing of it is read for you, and what had come is erased.")
    return redirect(url_for(".show"), 303)


@bp.post("/<int:account_id>/start")
@signed_in
def start(account_id: int) -> Response:
    """From which day on items may be read."""
    connect.begin_on(account_id, me().id, _day(request.form.get("start_on", "")), now())
    return _done(account_id, "Kept. Items before that day are not read from now on.")


@bp.post("/<int:account_id>/ignore")
@signed_in
def ignore(account_id: int) -> Response:
    """Words of the person's own, without which items are kept."""
    words = words_of(request.form.get("words", ""))
    gone = connect.ignore(account_id, me().id, words, now())
    taken = f" {plural(gone, 'item')} that said one of them went." if gone else ""
    return _done(account_id, f"Kept. Nothing that says {', '.join(words)} is read.{taken}" if words else "Kept.")


@bp.get("/<int:account_id>/proof")
@signed_in
def proof(account_id: int) -> str:
    """The code that shows an account to be the person's own."""
    return render_template("sources/proof.html", **_proof(account_id))


@bp.get("/<int:account_id>/proof/state")
@signed_in
def proof_state(account_id: int) -> str:
    """The part of it that changes while the worker looks."""
    return render_template("sources/proof_state.html", **_proof(account_id))


@bp.post("/<int:account_id>/proof")
@signed_in
def prove(account_id: int) -> Response:
    """The code is there: ask the worker to look."""
    account = connect.own(account_id, me().id)
    jobs.ask_proof(account.id, my_code(account.platform, account.handle), me().id, now())
    db.session.commit()
    return redirect(url_for(".proof", account_id=account_id), 303)


@bp.get("/<int:account_id>/forget")
@signed_in
def forget(account_id: int) -> str:
    """What would go, before it goes."""
    return render_template("sources/forget.html", card=_card(account_id))


@bp.post("/<int:account_id>/forget")
@signed_in
def erase(account_id: int) -> Response:
    """Disconnect it and erase what only it brought."""
    connect.forget(account_id, me().id, now())
    db.session.commit()
    flash("Forgotten: the source, its items and what was said of them.")
    return redirect(url_for(".show"), 303)


def _proof(account_id: int) -> dict[str, object]:
    card = _card(account_id)
    job = jobs.last(jobs.PROVE, str(account_id))
    return {"card": card, "job": job, "code": my_code(card.platform, card.handle)}


def _card(account_id: int) -> Card:
    found = sources.cards(me(), now(), account_id)
    if not found:
        raise Missing("there is no such source of yours")
    return found[0]


def _act(deed: Callable[[int, int, datetime], None], account_id: int, words: str) -> Response:
    deed(account_id, me().id, now())
    return _done(account_id, words)


def _done(account_id: int, words: str) -> Response:
    db.session.commit()
    flash(words)
    return redirect(url_for(".show", _anchor=f"source-{account_id}"), 303)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        abort(400, "Write the day as year-month-day, like 2026-10-01; leave it empty for everything.")
