"""What every view wants to know of the request under way: who, when, which period."""

from datetime import date, datetime

from flask import abort, current_app, g, request

from advocacy.config import Settings
from advocacy.domain.activity import Platform
from advocacy.domain.period import NoPeriod, Period, day_of, parse
from advocacy.domain.proof import code_of
from advocacy.models.board import default_period
from advocacy.models.people import Person


def me() -> Person:
    """Who is signed in; only in views that are not public."""
    person: Person = g.person
    return person


def now() -> datetime:
    """The moment this request began."""
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day it is where the person lives."""
    return day_of(now(), me().zone)


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions["advocacy.settings"]
    return found


def period() -> Period:
    """What `?period=` names, the current quarter when it is not there; 400 with words for anything else."""
    words = request.args.get("period", "")
    if not words:
        return default_period(me(), now())
    try:
        return parse(words)
    except NoPeriod as error:
        abort(400, f"{error}.")


def my_code(platform: Platform, address: str) -> str:
    """The code by which the person shows that an address is theirs."""
    return code_of(settings().secret_key, me().id, platform, address)
