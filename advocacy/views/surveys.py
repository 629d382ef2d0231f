"""Surveys: what asks me, one click to say that it is done; for leads, marketing and admins, opening them."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from advocacy import survey_responses
from advocacy.access import needs, signed_in
from advocacy.context import me, now, today
from advocacy.domain.names import names
from advocacy.domain.survey import Addressed, Standing
from advocacy.domain.survey_list import NoList
from advocacy.entry import Entry, begun
from advocacy.flashes import Undo, say
from advocacy.letters import chasing, sending
from advocacy.milestones import surveys as milestones
from advocacy.models import db, roster, survey_campaigns, surveys
from advocacy.models.base import Missing
from advocacy.models.surveys import Call, SurveyCampaign
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("surveys", __name__, url_prefix="/surveys")

OPENERS = (Capability.LEAD, Capability.MARKETING, Capability.ADMIN)
COLUMNS = ("title", "link", "minutes", "opens", "deadline", "state", "done", "proof")


@bp.get("")
@signed_in
def show() -> str:
    """Which surveys wait for me, and which did I do?"""
    found = _calls()
    opens = any(me().can(one) for one in OPENERS)
    return render_template(
        "surveys/show.html",
        calls=[(one, one.standing(today())) for one in found],
        own=surveys.others_of(me().id),
        states=Standing,
        chosen={"state": said} if (said := request.args.get("state", "")) else {},
        opened=survey_campaigns.opened_by(me().id) if opens else (),
        opens=opens,
        not_yet=survey_campaigns.not_yet(me().id, today()),
        entry=begun(request.args, ("title", "day", "proof"), day=today().isoformat()),
        today=today(),
    )


@bp.get("/surveys.csv")
@signed_in
def as_sheet() -> Response:
    """The campaigns of this view."""
    told = (
        (c.title, c.url, c.minutes, c.opens, c.deadline, c.standing(today()).value, c.done, c.proof) for c in _calls()
    )
    return sheet("surveys", COLUMNS, told)


@bp.post("/<int:campaign_id>/done")
@signed_in
def mark(campaign_id: int) -> Answer:
    """It is done: my word is enough."""
    entry = Entry(request.form)
    proof, day = entry.link("proof"), entry.day("day", until=today()) or today()
    if entry.wrong:
        say(" ".join(entry.wrong.values()))
        return _back()
    milestones.mark(campaign_id, me(), day, proof, now(), in_force())
    db.session.commit()
    say("Done: it stands on your timeline.", Undo(url_for(".unmark", campaign_id=campaign_id)))
    return _back()


@bp.post("/<int:campaign_id>/undone")
@signed_in
def unmark(campaign_id: int) -> Answer:
    """It was not done after all."""
    milestones.unmark(campaign_id, me())
    db.session.commit()
    say("Taken back: it waits again.")
    return _back()


@bp.post("/own")
@signed_in
def note() -> Answer:
    """One that nobody here asked for."""
    entry = Entry(request.form)
    title, proof = entry.line("title", "Say which survey it was."), entry.link("proof")
    day = entry.day("day", until=today()) or today()
    if entry.wrong:
        say(" ".join(entry.wrong.values()))
        return _back()
    activity_id = milestones.note(me(), title, day, proof, now(), in_force())
    db.session.commit()
    say("Done: it stands on your timeline.", Undo(url_for(".drop", activity_id=activity_id)))
    return _back()


@bp.post("/own/<int:activity_id>/drop")
@signed_in
def drop(activity_id: int) -> Answer:
    """Take one of my own away again."""
    one = next((one for one in surveys.others_of(me().id) if one.id == activity_id), None)
    if one is None:
        raise Missing("there is no such survey of yours")
    milestones.drop(activity_id, me())
    db.session.commit()
    say("Taken away.", Undo(url_for(".note"), {"title": one.title, "day": one.day.isoformat(), "proof": one.url}))
    return _back()


@bp.post("/<int:campaign_id>/chase")
@needs(*OPENERS)
def chase(campaign_id: int) -> Answer:
    """Remind everybody who has not done it, whoever they are; nobody is asked twice in a week."""
    one = survey_campaigns.own(campaign_id, me().id)
    if not sending.is_set_up():
        say("No letter leaves this site yet (ADVOCACY_MAIL__URL): it stands on the page of each of them.")
    elif not one.opens <= today() <= one.deadline:
        say("It is not open: nobody is reminded.")
    else:
        count = chasing.chase(one, now())
        db.session.commit()
        say(f"{count} reminded." if count else "Nobody is reminded: all have done it, or were reminded within a week.")
    return _back()


@bp.get("/<int:campaign_id>/responses")
@needs(*OPENERS)
def ask_responses(campaign_id: int) -> str:
    """Who answered, by the survey tool's own list?"""
    one = survey_campaigns.own(campaign_id, me().id)
    return render_template("surveys/responses.html", one=one, text="", wrong="", taken=None)


@bp.post("/<int:campaign_id>/responses")
@needs(*OPENERS)
def take_responses(campaign_id: int) -> str | tuple[str, int]:
    """Mark as done who stands in the list; what people said themselves stays as they said it."""
    one, file = survey_campaigns.own(campaign_id, me().id), request.files.get("file")
    text = file.read().decode("utf-8-sig", "replace") if file and file.filename else request.form.get("text", "")
    try:
        taken = survey_responses.take_in(one, text, me(), now(), in_force())
    except NoList as error:
        return render_template("surveys/responses.html", one=one, text=text, wrong=f"{error}", taken=None), 422
    db.session.commit()
    return render_template("surveys/responses.html", one=one, text="", wrong="", taken=taken)


@bp.post("/<int:campaign_id>/responses/undo")
@needs(*OPENERS)
def undo_responses(campaign_id: int) -> Answer:
    """Take a list back: who was marked by it is as before."""
    one = survey_campaigns.own(campaign_id, me().id)
    count = survey_responses.take_back(one, me().id, request.form.get("at", ""))
    db.session.commit()
    say(f"Taken back: {count} wait again.")
    return _back()


@bp.get("/open")
@needs(*OPENERS)
def ask() -> str:
    """Whom do I ask, and until when?"""
    return _form(Entry(MultiDict({"opens": today().isoformat()})))


@bp.post("/open")
@needs(*OPENERS)
def begin() -> Answer | tuple[str, int]:
    """Ask them."""
    entry = Entry(request.form)
    one = SurveyCampaign(title=entry.line("title", "Give it a title."), url=entry.link("url"), created_at=now())
    one.minutes, one.by_id = entry.whole("minutes"), me().id
    opens, deadline = entry.day("opens") or today(), entry.day("deadline", needed="Give its last day.")
    if deadline and deadline < opens:
        entry.wrong["deadline"] = "The last day lies before the first: turn them round."
    one.addressed = entry.choice("addressed", Addressed, Addressed.EVERYBODY)
    people = _people(entry) if one.addressed is Addressed.PEOPLE else []
    if one.addressed is Addressed.TEAM:
        known = [team.id for team in survey_campaigns.teams()]
        one.team_id = entry.chosen("team", known, "Choose the team.")
    if entry.wrong or deadline is None:
        return _form(entry), 422
    one.opens, one.deadline = opens, deadline
    surveys.add(one, people)
    db.session.commit()
    say(f"Opened: {one.title}.", Undo(url_for(".close", campaign_id=one.id)))
    return _back()


@bp.post("/<int:campaign_id>/close")
@needs(*OPENERS)
def close(campaign_id: int) -> Answer:
    """Ask nobody any more; one that somebody did already ends today instead, so that nobody's word is lost."""
    one = survey_campaigns.own(campaign_id, me().id)
    if surveys.is_done_by_somebody(one.id):
        one.deadline = max(one.opens, min(one.deadline, today()))
        words = "It ends today: some have done it already."
    else:
        db.session.delete(one)
        words = "Taken away: nobody had done it."
    db.session.commit()
    say(words)
    return _back()


def _people(entry: Entry) -> list[int]:
    found = []
    for said in names(entry.words("people")):
        try:
            found.append(roster.by_email(said).id)
        except Missing:
            entry.wrong["people"] = f"Nobody here has the address {said}."
    if not found:
        entry.wrong.setdefault("people", "Give the addresses of those you ask.")
    return found


def _calls() -> list[Call]:
    said = request.args.get("state", "")
    if said not in ("", *Standing):
        abort(400, f"state must be {', '.join(Standing)} or nothing.")
    found = [one for one in surveys.asked_of(me()) if one.opens <= today()]
    return [one for one in found if not said or one.standing(today()) == said]


def _form(entry: Entry) -> str:
    teams = [("", "–"), *((one.id, one.name) for one in survey_campaigns.teams())]
    return render_template("surveys/open.html", entry=entry, teams=teams)


def _back() -> Answer:
    return redirect(url_for(".show"), 303)
