"""Writing in the team: my drafts, those I read before they go out, and what colleagues published beside what I did."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain.writing import FOLLOWS, OPEN, DraftState
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.milestones import writing as milestones
from advocacy.models import colleagues, db, drafts, enabling, leadership, team_writing
from advocacy.models.base import Missing
from advocacy.models.board import default_period
from advocacy.models.drafts import Draft
from advocacy.models.people import Person
from advocacy.models.steps import NotNow
from advocacy.running import in_force

bp = Blueprint("writing", __name__, url_prefix="/writing")


@bp.get("")
@signed_in
def show() -> str:
    """What is on its way, what waits for me, and what did colleagues publish?"""
    return _page(Entry(MultiDict()))


@bp.post("")
@signed_in
def add() -> Response | tuple[str, int]:
    """Keep a draft of mine; who is to read it is told on their page."""
    entry = Entry(request.form)
    one = Draft(author_id=me().id, title=entry.line("title", "Give it a title."), url=entry.link("url"))
    one.reviewer_id = _reviewer(entry)
    if entry.wrong:
        return _page(entry), 422
    one.state = DraftState.REVIEW if one.reviewer_id else DraftState.DRAFT
    one.created_at = one.touched_at = now()
    drafts.add(one)
    db.session.commit()
    say("Kept.", Undo(url_for(".become", draft_id=one.id), {"state": DraftState.DROPPED.value}))
    return redirect(url_for(".show"), 303)


@bp.get("/<int:draft_id>")
@signed_in
def of(draft_id: int) -> str:
    """How far is it?"""
    return _one(drafts.of(draft_id, me().id))


@bp.post("/<int:draft_id>")
@signed_in
def change(draft_id: int) -> Response | tuple[str, int]:
    """Say anew what it is called, where it is read, and who reviews it."""
    one, entry = drafts.of(draft_id, me().id, to_change=True), Entry(request.form)
    if one.author_id != me().id:
        raise Missing("only its author changes it")
    title, url, reviewer = entry.line("title", "Give it a title."), entry.link("url"), _reviewer(entry)
    if entry.wrong:
        db.session.rollback()
        return _one(drafts.of(draft_id, me().id), entry), 422
    one.title, one.url, one.reviewer_id, one.touched_at = title, url, reviewer, now()
    milestones.tell_review(one, now(), in_force())
    db.session.commit()
    say("Kept.")
    return redirect(url_for(".of", draft_id=draft_id), 303)


@bp.post("/<int:draft_id>/state")
@signed_in
def become(draft_id: int) -> Response:
    """Say how far it is."""
    one, state = drafts.of(draft_id, me().id, to_change=True), forms.choice("state", DraftState)
    if state is None:
        abort(400, f"state must be {', '.join(DraftState)}.")
    try:
        drafts.become(one, state, forms.text("note", 2000), by=me().id, now=now())
    except NotNow as error:
        say(f"Not kept: {error}.")
        return redirect(url_for(".of", draft_id=draft_id), 303)
    milestones.tell_review(one, now(), in_force())
    db.session.commit()
    say("Kept.", Undo(url_for(".take_back", draft_id=draft_id)))
    return redirect(url_for(".of", draft_id=draft_id), 303)


@bp.post("/<int:draft_id>/back")
@signed_in
def take_back(draft_id: int) -> Response:
    """Take the last step back."""
    one = drafts.of(draft_id, me().id, to_change=True)
    try:
        drafts.take_back(one, now())
    except NotNow as error:
        say(f"Not kept: {error}.")
        return redirect(url_for(".of", draft_id=draft_id), 303)
    milestones.tell_review(one, now(), in_force())
    db.session.commit()
    say("Taken back.")
    return redirect(url_for(".of", draft_id=draft_id), 303)


def _reviewer(entry: Entry) -> int | None:
    said = entry.line("reviewer")
    try:
        return colleagues.named(said, me().id).id if said else None
    except Missing as error:
        entry.wrong["reviewer"] = f"{error}"
        return None


def _page(entry: Entry) -> str:
    stretch = period()
    return render_template(
        "writing/show.html",
        entry=entry,
        people=colleagues.near(me().id, today()),
        mine=drafts.written_by([me().id]),
        to_review=drafts.to_review(me().id),
        leads=bool(leadership.teams_led(me().id, today())),
        team=team_writing.of(me().id, stretch.start, stretch.end, today()),
        acts=enabling.acts(me().id, stretch.start, stretch.end),
        period=stretch,
        current=default_period(me(), now()),
        today=today(),
    )


def _one(one: Draft, entry: Entry | None = None) -> str:
    reviewer = db.session.get(Person, one.reviewer_id) if one.reviewer_id else None
    filled = {"title": one.title, "url": one.url, "reviewer": reviewer.name if reviewer else ""}
    return render_template(
        "writing/of.html",
        one=one,
        author=db.session.get_one(Person, one.author_id),
        reviewer=reviewer,
        entry=entry or Entry(MultiDict(filled)),
        people=colleagues.near(me().id, today()),
        follows=FOLLOWS[one.state],
        is_open=one.state in OPEN,
        history=drafts.history(one.id),
    )
