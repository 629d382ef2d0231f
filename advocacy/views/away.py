"""The roles a person held, the days that do not count, and when their own review year begins."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain.period import cycle_of
from advocacy.flashes import Undo, say
from advocacy.models import absences, db, roster

bp = Blueprint("away", __name__, url_prefix="/away")

LEAP = 2000  #: a year like any other: only the month of a start is kept


@bp.get("/")
@signed_in
def show() -> str:
    """By which pages am I judged, and which days do not count?"""
    titles = {page.id: page.title for page in roster.pages()}
    held = roster.roles_of([me().id]).get(me().id, [])
    start = me().cycle_start
    return render_template(
        "away/show.html",
        roles=[(titles[one.page_id], one.since if one.since > roster.EVER else None, one.until) for one in held],
        teams=roster.teams_of(me().id, today()),
        stretches=absences.of(me().id),
        months=[date(LEAP, month, 1) for month in range(1, 13)],
        year=cycle_of(start, today()) if start else None,
        today=today(),
    )


@bp.post("/")
@signed_in
def note() -> Response:
    """Note a stretch of leave, or of expectations on hold."""
    since, until = forms.day("since"), forms.day("until")
    if until < since:
        say(f"The last day ({until}) lies before the first ({since}): turn them round.")
    else:
        absences.note(me().id, since, until)
        db.session.commit()
        say("Noted: these days lower what is asked of you.")
    return redirect(url_for(".show"), 303)


@bp.post("/<int:absence_id>/remove")
@signed_in
def remove(absence_id: int) -> Response:
    """Take a stretch away again."""
    since, until = absences.remove(me().id, absence_id)
    db.session.commit()
    say("Taken away.", Undo(url_for(".note"), {"since": since.isoformat(), "until": until.isoformat()}))
    return redirect(url_for(".show"), 303)


@bp.post("/year")
@signed_in
def begin_year() -> Response:
    """Say in which month my review year begins; none for the calendar's."""
    month = forms.number_or_none("month")
    before = me().cycle_start
    me().cycle_start = date(LEAP, month, 1) if month and 1 <= month <= 12 else None
    db.session.commit()
    start = me().cycle_start
    words = (
        f"Your year begins in {start:%B}: “my year” stands beside the periods."
        if start
        else "The calendar's year it is."
    )
    say(words, Undo(url_for(".begin_year"), {"month": before.month if before else ""}))
    return redirect(url_for(".show"), 303)
