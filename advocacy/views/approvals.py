"""Who says yes to a proposal before it is sent: asking, and what waits for one's own yes."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import proposal_page
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.approval import ApprovalKind, Said, mark
from advocacy.domain.proposal import ProposalState, Step
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.milestones import talks as milestones
from advocacy.models import audience, colleagues, db, leadership, looks, roster
from advocacy.models.base import Missing
from advocacy.models.steps import NotNow
from advocacy.models.talks import approvals, proposals
from advocacy.models.talks.approvals import Approval
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.plan_display import SAID
from advocacy.running import in_force

bp = Blueprint("approvals", __name__)


@bp.get("/approvals")
@signed_in
def show() -> str:
    """What waits for my yes, and what did I say?"""
    waiting, said = approvals.waiting(me(), today()), approvals.said_by(me().id)
    looks.note_each(me(), [one.owner_id for one in waiting], "proposals that you ask a yes for", today(), now())
    return render_template("approvals/show.html", waiting=waiting, said=said, today=today())


@bp.post("/proposals/<int:proposal_id>/approvals")
@signed_in
def ask(proposal_id: int) -> Response | tuple[str, int]:
    """Ask somebody for their yes: from now on it is in review, and they see it until they answer."""
    one, entry = proposals.own(proposal_id, me().id, to_change=True), Entry(request.form)
    kind, note = entry.choice("kind", ApprovalKind, ApprovalKind.PEER), entry.line("note")
    asked_id = _asked(entry, kind)
    try:
        made = None if entry.wrong else approvals.ask(one, kind, asked_id, note, by=me().id, now=now())
    except NotNow as error:
        entry.wrong["name"], made = f"Not asked: {error}.", None
    if made is None:
        db.session.rollback()
        return proposal_page.page(proposals.own(proposal_id, me().id), asking=entry), 422
    if one.state in (ProposalState.IDEA, ProposalState.DRAFTED):
        proposals.go_on(one, Step(ProposalState.IN_REVIEW, today()), "", today(), by=me().id, now=now())
        milestones.tell(one, now(), in_force())
    db.session.commit()
    say("Asked. They find it under “Needs you”.", Undo(url_for(".take_back", approval_id=made.id)))
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


@bp.get("/approvals/<int:approval_id>")
@signed_in
def of(approval_id: int) -> str:
    """What am I asked to say yes to?"""
    question, one = approvals.asked(approval_id, me(), today())
    looker, what = audience.of(me(), one.owner_id, today()), f"your proposal “{one.title}”, as you asked"
    looks.note(me().id, one.owner_id, looker, what, now())
    return _question(question, one, Entry(MultiDict()))


@bp.post("/approvals/<int:approval_id>")
@signed_in
def answer(approval_id: int) -> Response | tuple[str, int]:
    """Say yes, no, or what should change first; a yes is to the text that was read."""
    question, one = approvals.asked(approval_id, me(), today(), to_change=True)
    entry = Entry(request.form)
    said = entry.choice("said", Said, Said.ASKED)
    note = entry.line("note", "" if said is Said.YES else "Say why, or what should change.")
    if said is Said.ASKED:
        entry.wrong = {"said": "Say yes, no, or what should change first."}
    if entry("text") != mark(one.title, one.abstract):
        entry.wrong[""] = "It was changed while you read: this is what it says now. Your answer is not given yet."
    if entry.wrong:
        return _question(question, one, entry), 422
    made = approvals.answer(approval_id, me(), today(), said, note, now())
    db.session.commit()
    say(f"Said: {SAID[said]}.", Undo(url_for(".take_back", approval_id=made.id)))
    return redirect(url_for(".show"), 303)


@bp.post("/approvals/<int:approval_id>/back")
@signed_in
def take_back(approval_id: int) -> Response:
    """Take back what I asked or answered; it stays written that it was said."""
    word = approvals.take_back(approval_id, me().id, now())
    if word.said is Said.ASKED:
        _leave_review(proposals.own(word.proposal_id, me().id, to_change=True), word)
    db.session.commit()
    say("Taken back.")
    if word.said is Said.ASKED:
        return redirect(url_for("proposals.show", proposal_id=word.proposal_id), 303)
    return redirect(url_for(".show"), 303)


def _leave_review(one: Proposal, word: Approval) -> None:
    """A question that is taken back takes the step along that came with it."""
    if one.state is ProposalState.IN_REVIEW and proposals.stepped_at(one.id, word.at):
        proposals.take_back(one, now())
        milestones.tell(one, now(), in_force())


def _asked(entry: Entry, kind: ApprovalKind) -> int | None:
    if kind is ApprovalKind.MARKETING:
        return None
    name = entry.line("name", "Say whom.")
    if not name:
        return None
    try:
        found = colleagues.named(name, me().id).id
    except Missing as error:
        entry.wrong["name"] = f"{error}"
        return None
    if kind is ApprovalKind.MANAGER and not leadership.leads(found, me().id, today()):
        entry.wrong["name"] = "That is nobody who leads you today."
    return found


def _question(question: Approval, one: Proposal, entry: Entry) -> str:
    return render_template(
        "approvals/of.html",
        question=question,
        one=one,
        entry=entry,
        text=mark(one.title, one.abstract),
        event=db.session.get_one(Event, one.event_id),
        owner=roster.by_id(one.owner_id),
        today=today(),
    )
