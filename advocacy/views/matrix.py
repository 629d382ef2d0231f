"""Required trainings by team and person: what is due, what has been had, and what it says of a release."""

from collections.abc import Iterator

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from advocacy import forms, recording
from advocacy.access import needs
from advocacy.context import me, now, today
from advocacy.domain.matrix import Need
from advocacy.domain.matrix_words import stood
from advocacy.entry import Entry, begun
from advocacy.flashes import Undo, say
from advocacy.forms import is_key
from advocacy.models import db, leadership, looks, notes, survey_campaigns
from advocacy.models.base import Missing
from advocacy.models.trainings import classes, matrix, required
from advocacy.models.trainings.matrix import Matrix
from advocacy.models.trainings.required import RequiredTraining
from advocacy.models.words import Capability, Part
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("matrix", __name__, url_prefix="/trainings/required")


@bp.get("")
@needs(Capability.LEAD)
def show() -> str:
    """Who has had what they must have had, and who has not?"""
    return _page(begun(request.args, ("title", "team")))


@bp.get("/required.csv")
@needs(Capability.LEAD)
def as_sheet() -> Response:
    """The matrix of the team that the address names: a row for each person and training."""
    found = _seen()
    return sheet("required-trainings", COLUMNS, _rows(found) if found else ())


COLUMNS = ("team", "person", "training", "state", "day", "due_by", "repeat_months", "why")


@bp.post("")
@needs(Capability.LEAD)
def add() -> Answer | tuple[str, int]:
    """Require a training of a team."""
    entry = Entry(request.form)
    title = entry.line("title", "Say which training.")
    due, months = entry.day("due", needed="Give the day by which everybody needs it."), entry.whole("months")
    team = entry.chosen("team", [row.id for row in survey_campaigns.teams()], "Choose the team.")
    if months is not None and not 1 <= months <= 120:
        entry.wrong["months"] = "Give 1 to 120 months, or none for good."
    if entry.wrong or due is None or team is None:
        return _page(entry), 422
    made = RequiredTraining(team_id=team, due=due, months=months, why=entry.line("why"), by_id=me().id)
    made.training_id, made.created_at = classes.training(title, me().id, now()).id, now()
    required.add(made)
    db.session.commit()
    say(f"Required: {title}.", Undo(url_for(".end", required_id=made.id)))
    return redirect(url_for(".show", team=team), 303)


@bp.post("/<int:required_id>/end")
@needs(Capability.LEAD)
def end(required_id: int) -> Answer:
    """Require it no more; who was there stays."""
    one = required.own(required_id, me().id, leadership.teams_led(me().id, today()))
    one.ended_at = now()
    db.session.commit()
    say("Required no more.", Undo(url_for(".again", required_id=one.id)))
    return redirect(url_for(".show", team=one.team_id), 303)


@bp.post("/<int:required_id>/again")
@needs(Capability.LEAD)
def again(required_id: int) -> Answer:
    """Require it after all."""
    one = required.own(required_id, me().id, leadership.teams_led(me().id, today()))
    one.ended_at = None
    db.session.commit()
    say("Required again.")
    return redirect(url_for(".show", team=one.team_id), 303)


@bp.post("/note")
@needs(Capability.LEAD)
def note() -> Answer:
    """Put how it stands today on my timeline: it is evidence of mine."""
    team_id = forms.number("team", "Choose the team.")
    found = matrix.of(team_id, today()) if team_id in _teams() else None
    if found is None or not found.cells:
        raise Missing("nothing is required of this team by you")
    trainings = [one.title for one in found.trainings]
    activity = stood(found.team_id, found.team, trainings, found.done, len(found.cells), today(), me().zone)
    number = recording.record(activity, {me().id: Part.AUTHOR}, now(), in_force())
    db.session.commit()
    say(f"Kept: {activity.title}, as of today.", Undo(url_for(".drop_note", activity_id=number)))
    return redirect(url_for("activities.show", activity_id=number), 303)


@bp.post("/note/<int:activity_id>/drop")
@needs(Capability.LEAD)
def drop_note(activity_id: int) -> Answer:
    """Take such a note off my timeline."""
    notes.own(activity_id, me().id, "matrix:")
    recording.leave(activity_id, me().id)
    db.session.commit()
    say("Taken away.")
    return redirect(url_for(".show"), 303)


def _teams() -> dict[int, str]:
    """Teams that something is required of, and that I lead or require it of."""
    mine = required.asked_by(me().id) | leadership.teams_led(me().id, today()).keys()
    return {team_id: name for team_id, name in required.teams().items() if team_id in mine}


def _seen() -> Matrix | None:
    """The team that the address names, else the first; that somebody looked is written down."""
    teams, said = _teams(), request.args.get("team", "")
    team_id = int(said) if is_key(said) else next(iter(teams), None)
    if team_id not in teams or team_id is None:
        return None
    found = matrix.of(team_id, today())
    others = [person_id for person_id in found.people if person_id != me().id]
    looks.note_all(me().id, others, "the trainings required of your team", now())
    return found


def _page(entry: Entry) -> str:
    found = _seen() if not entry.wrong else None
    return render_template(
        "matrix/show.html",
        entry=entry if entry.wrong or entry("title") else Entry(MultiDict({"team": request.args.get("team", "")})),
        found=found,
        teams=_teams(),
        choices=[("", "Choose …"), *((row.id, row.name) for row in survey_campaigns.teams())],
        Need=Need,
        today=today(),
    )


def _rows(found: Matrix) -> Iterator[tuple[object, ...]]:
    for person_id, name in found.people.items():
        for one in found.trainings:
            cell = found.cells[person_id, one.id]
            yield found.team, name, one.title, cell.need.value, cell.day, cell.due, one.months, one.why
