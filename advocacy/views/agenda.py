"""Classes to come, as an agenda and as a month; one shows what the other does."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, abort, render_template, request

from advocacy import class_display
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain.days import add_months
from advocacy.models.trainings import lists
from advocacy.models.trainings.classes import Class

bp = Blueprint("agenda", __name__, url_prefix="/trainings/agenda")


@dataclass(frozen=True)
class Entry:
    """A class on the day it has where the reader lives."""

    one: Class
    day: date
    at: datetime | None


@bp.get("")
@signed_in
def show() -> str:
    """What is on, and when, where I live?"""
    month = _month()
    found = sorted(_entries(month), key=lambda entry: (entry.day, f"{entry.at or ''}", entry.one.id))
    days: dict[date, list[Entry]] = {}
    for entry in found:
        days.setdefault(entry.day, []).append(entry)
    return render_template(
        "agenda/show.html",
        month=month,
        before=add_months(month, -1),
        after=add_months(month, 1),
        days=days,
        count=len(found),
        weeks=calendar.Calendar().monthdatescalendar(month.year, month.month),
        names=calendar.day_abbr,
        open=lists.undated(),
        trainers=lists.names([entry.one.id for entry in found]),
        as_month=request.args.get("view") == "month",
        today=today(),
    )


def _entries(month: date) -> list[Entry]:
    found = []
    for one in lists.dated(month, add_months(month, 1)):
        at = class_display.local(one, me().zone)
        day = at.date() if at else one.day
        if day and month <= day < add_months(month, 1):
            found.append(Entry(one, day, at))
    return found


def _month() -> date:
    said = request.args.get("month", "")
    try:
        return date.fromisoformat(f"{said}-01") if said else today().replace(day=1)
    except ValueError:
        abort(400, "Give the month as 2026-11.")
