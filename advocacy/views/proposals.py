"""One proposal: where it stands, how it came there, who speaks, and what became of the talk."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy import approving, forms, proposal_page
from advocacy.access import signed_in
from advocacy.approving import NotApproved
from advocacy.context import me, now, settings, today
from advocacy.domain.proposal import OutOfOrder, ProposalState, Step
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.milestones import talks as milestones
from advocacy.models import audience, colleagues, db, looks
from advocacy.models.base import Missing
from advocacy.models.talks import approvals, audience_numbers, followed, lists, proposals, speakers
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility
from advocacy.plan_display import PROPOSALS
from advocacy.running import in_force

bp = Blueprint("proposals", __name__, url_prefix="/proposals")


@bp.get("/<int:proposal_id>")
@signed_in
def show(proposal_id: int) -> str:
    """Where does it stand?"""
    try:
        return proposal_page.page(lists.seen(proposal_id, me().id))
    except Missing:
        return _from_outside(proposal_id)


def _from_outside(proposal_id: int) -> str:
    """For who is asked for their yes, as long as they are, and for whom its owner lets follow it."""
    asked = approvals.of_proposal(proposal_id, me(), today())
    one = db.session.get_one(Proposal, proposal_id) if asked else followed.seen(proposal_id, me(), today())
    looker, what = audience.of(me(), one.owner_id, today()), f"your proposal “{one.title}”"
    looks.note(me().id, one.owner_id, looker, what, now())
    return proposal_page.outside(one, asked[0] if asked else None)


@bp.post("/<int:proposal_id>")
@signed_in
def change(proposal_id: int) -> Response | tuple[str, int]:
    """Say what it says, its links, who may follow it, or on which day its last step was."""
    one, entry = proposals.own(proposal_id, me().id, to_change=True), Entry(request.form)
    one.title, one.abstract = entry.line("title", "Give it a title."), entry.words("abstract")
    one.slides, one.recording, one.feedback = entry.link("slides"), entry.link("recording"), entry.words("feedback")
    one.visibility = entry.choice("visibility", Visibility, one.visibility)
    day = entry.day("day", until=today(), needed="Give the day.")
    try:
        proposals.redate(one, day or one.day, today(), by=me().id, now=now())
    except OutOfOrder as error:
        entry.wrong.setdefault("day", f"{error}".capitalize() + ".")
    if entry.wrong:
        db.session.rollback()
        return proposal_page.page(proposals.own(proposal_id, me().id), entry), 422
    milestones.tell(one, now(), in_force())
    db.session.commit()
    say("Kept.")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/steps")
@signed_in
def go_on(proposal_id: int) -> Response | tuple[str, int]:
    """Say what became of it; without a needed yes it is sent only with a word why."""
    one = proposals.own(proposal_id, me().id, to_change=True)
    following = Step(forms.choice("state", ProposalState) or one.state, forms.day_or_none("day") or today())
    without, note = forms.text("without", 500), forms.text("note", 500)
    try:
        note = approving.note_of(one, following.state, settings().approvals, without, note)
        proposals.go_on(one, following, note, today(), by=me().id, now=now())
    except NotApproved as error:
        return proposal_page.page(one, refused=Entry(request.form, {"without": f"Not kept: {error}."})), 422
    except OutOfOrder as error:
        say(f"Not kept: {error}.")
        return _back(proposal_id)
    milestones.tell(one, now(), in_force())
    db.session.commit()
    to = {"to": said} if (said := request.form.get("to")) else {}
    say(f"It is {PROPOSALS[one.state][1]}.", Undo(url_for(".take_back", proposal_id=proposal_id), to))
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/back")
@signed_in
def take_back(proposal_id: int) -> Response:
    """Take the last step back; what stood on the timeline because of it goes."""
    one = proposals.own(proposal_id, me().id, to_change=True)
    if proposals.take_back(one, now()):
        milestones.tell(one, now(), in_force())
        db.session.commit()
        say(f"Taken back: it is {PROPOSALS[one.state][1]}.")
    else:
        say("That is its first step: there is nothing before it.")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/audience")
@signed_in
def count(proposal_id: int) -> Response:
    """Say how many were there, and who says so; nothing takes the number away."""
    one = proposals.own(proposal_id, me().id, to_change=True)
    entry = Entry(request.form)
    value, day = entry.whole("value"), today()
    counted, teller = entry.choice("counted", Counted, Counted.ROOM), entry.choice("teller", Teller, Teller.SELF)
    if entry.wrong:
        say(" ".join(entry.wrong.values()))
        return _back(proposal_id)
    before = {(a.counted, a.teller): a.value for a in audience_numbers.of(one.id)}.get((counted, teller))
    audience_numbers.state(one.id, counted, teller, value, day)
    milestones.tell(one, now(), in_force())
    db.session.commit()
    fields = {"value": "" if before is None else before, "counted": counted.value, "teller": teller.value}
    say("Kept." if value is not None else "Taken away.", Undo(url_for(".count", proposal_id=proposal_id), fields))
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/speakers")
@signed_in
def add_speaker(proposal_id: int) -> Response:
    """Name a colleague, who is asked; or somebody from elsewhere."""
    one = proposals.own(proposal_id, me().id, to_change=True)
    said = forms.text("name", 300)
    if forms.text("elsewhere"):
        if said:
            speakers.name(one.id, said, now())
    else:
        try:
            speakers.put(one.id, colleagues.named(said, me().id).id, now())
        except Missing as error:
            say(f"{error} For somebody from elsewhere, tick the box.")
            return _back(proposal_id)
    milestones.tell(one, now(), in_force())
    db.session.commit()
    say("Named.")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/speakers/<int:speaker_id>/drop")
@signed_in
def drop_speaker(proposal_id: int, speaker_id: int) -> Response:
    """Name somebody no more."""
    one = proposals.own(proposal_id, me().id, to_change=True)
    gone = speakers.drop(one.id, speaker_id)
    milestones.unname(one, gone)
    milestones.tell(one, now(), in_force())
    db.session.commit()
    fields = {"name": gone.name, "elsewhere": "" if gone.person_id else "1"}
    say(f"{gone.name} is named no more.", Undo(url_for(".add_speaker", proposal_id=proposal_id), fields))
    return _back(proposal_id)


def _back(proposal_id: int) -> Response:
    """To the proposal, to the list or to the board: from where the button was pressed."""
    pages = {"list": "talks.show", "board": "board.show"}
    page = pages.get(request.form.get("to", ""))
    return redirect(url_for(page) if page else url_for(".show", proposal_id=proposal_id), 303)
