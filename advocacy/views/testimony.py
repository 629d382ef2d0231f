"""What rests on a person's word alone: a link beside it, a colleague who was there."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.links import canonical
from advocacy.flashes import Undo, say
from advocacy.models import activity_page, artefacts, db, leadership, roster, witnesses
from advocacy.models.base import Missing

bp = Blueprint("testimony", __name__, url_prefix="/testimony")

LONGEST = 500  #: characters of a question or an answer


@bp.get("/<int:activity_id>")
@signed_in
def show(activity_id: int) -> str:
    """What does this rest on, and what would make it stand firmer?"""
    item = activity_page.of(activity_id, me().id)
    return render_template(
        "testimony/show.html",
        item=item,
        links=artefacts.of(me().id, [activity_id]).get(activity_id, ()),
        asked=witnesses.of(me().id, [activity_id]).get(activity_id, ()),
        colleagues=roster.people(leadership.colleagues(me().id, today())),
    )


@bp.post("/<int:activity_id>/links")
@signed_in
def link(activity_id: int) -> Response:
    """Put a link beside it."""
    url = canonical(forms.text("url"))
    if not url:
        say("That is no web address: it begins with https:// and names a host, as https://example.org/slides.")
    elif artefacts.add(me().id, activity_id, url, forms.text("words", LONGEST), now()):
        db.session.commit()
        say("Put beside it.")
    else:
        say(f"There are {artefacts.MOST} links already: take one away first.")
    return redirect(url_for(".show", activity_id=activity_id), 303)


@bp.post("/links/<int:link_id>/remove")
@signed_in
def unlink(link_id: int) -> Response:
    """Take a link away again."""
    gone = artefacts.remove(me().id, link_id)
    back = Undo(url_for(".link", activity_id=gone.activity_id), {"url": gone.url, "words": gone.words})
    activity_id = gone.activity_id
    db.session.commit()
    say("Taken away.", back)
    return redirect(url_for(".show", activity_id=activity_id), 303)


@bp.post("/<int:activity_id>/witnesses")
@signed_in
def ask(activity_id: int) -> Response:
    """Ask a colleague who was there; by asking, they may read this item."""
    try:
        colleague = roster.by_email(forms.text("email", LONGEST))
    except Missing:
        say("Nobody here has that address: choose one from the list, or write it as they sign in.")
        return redirect(url_for(".show", activity_id=activity_id), 303)
    if colleague.id == me().id or colleague.disabled_at:
        say("Ask somebody else who was there.")
    elif witnesses.ask(activity_id, me().id, colleague.id, forms.text("question", LONGEST), now()):
        db.session.commit()
        say(f"{colleague.name} is asked, and may read this item.")
    else:
        say(f"{colleague.name} was asked before.")
    return redirect(url_for(".show", activity_id=activity_id), 303)


@bp.get("/asked")
@signed_in
def asked() -> str:
    """What was I asked to bear witness to?"""
    found = witnesses.asked_of(me().id)
    waiting = [one for one in found if one.answered_at is None]
    return render_template(
        "testimony/asked.html", waiting=waiting, answered=[one for one in found if one.answered_at is not None]
    )


@bp.post("/asked/<int:ask_id>")
@signed_in
def answer(ask_id: int) -> Response:
    """Say that I was there, that I was not, or take back what I said."""
    said = {"yes": True, "no": False}.get(request.form.get("saw", ""))
    witnesses.answer(ask_id, me().id, saw=said, words=forms.text("words", LONGEST), now=now())
    db.session.commit()
    words = {True: "You say that you were there.", False: "You say that you were not there.", None: "Taken back."}
    say(words[said], Undo(url_for(".answer", ask_id=ask_id), {}) if said is not None else None)
    return redirect(url_for(".asked"), 303)
