"""Items released: one, all that a filter shows, or by rules of one's own; every step can be taken back."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from advocacy import display, forms, paging
from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.public_voice import wishes
from advocacy.models.release import items, rules, seen
from advocacy.models.release.rows import ReleaseStep
from advocacy.models.release.rules import BadRule
from advocacy.models.words import Visibility
from advocacy.sheet import sheet
from advocacy.wanted import fields, wanted

bp = Blueprint("release", __name__, url_prefix="/privacy")

PAGE = 50
COLUMNS = ("day", "kind", "platform", "channel", "title", "seen by", "said by", "confirmed as evidence")
WHO = {
    Visibility.PRIVATE: "only you see",
    Visibility.LEAD: "your lead may see",
    Visibility.MARKETING: "your lead and marketing may see",
    Visibility.PUBLIC: "everybody here may see",
}


@bp.get("/items")
@signed_in
def show() -> str:
    """Which of my items does who see?"""
    chosen = wanted(request.args)
    found = seen.page(me().id, chosen, _before(), PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return render_template(
        "release/show.html",
        chosen=chosen,
        fields=fields(chosen),
        items=found[:PAGE],
        count=seen.count(me().id, chosen),
        asked=wishes.count(me().id),
        older=f"{last.at.isoformat()}~{last.id}" if last else "",
        **_choices(),
    )


@bp.get("/items.csv")
@signed_in
def as_sheet() -> Response:
    """The same for spreadsheets."""
    found = seen.page(me().id, wanted(request.args))
    rows = (
        (one.day.isoformat(), one.kind.value, display.platform(one.platform), one.channel, _name(one))
        + (one.visibility.value, _by(one), "yes" if one.confirmed else "")
        for one in found
    )
    return sheet("who-sees-my-items", COLUMNS, rows)


@bp.post("/items")
@signed_in
def say_of_all() -> Answer:
    """Say who sees all that the filter shows."""
    chosen = wanted(request.form)
    step, count = items.say_of_all(me().id, chosen, _to(), now())
    there = {name: value for name, value in fields(chosen).items() if name != "seen"}
    return _done(step if count else None, f"{WHO[_to()]} {display.plural(count, 'item')} more", **there)


@bp.post("/items/<int:activity_id>")
@signed_in
def say_of_one(activity_id: int) -> Answer:
    """Say who sees an item; nothing chosen leaves it to the rules."""
    to = forms.choice("to", Visibility)
    step = items.say(me().id, activity_id, to, now())
    db.session.commit()
    words = f"{WHO[to]} this." if to else "Left to your rules: without one that speaks of it, only you see it."
    say(words[0].upper() + words[1:], Undo(url_for(".take_back", step_id=step.id)))
    return redirect(url_for("activities.show", activity_id=activity_id, _anchor="who"), 303)


@bp.post("/steps/<int:step_id>/undo")
@signed_in
def take_back(step_id: int) -> Answer:
    """Let the items of a step stand as they did."""
    return _done(None, f"taken back: {display.plural(items.take_back(step_id, me().id), 'item')} as before")


@bp.get("/rules/new")
@signed_in
def ask() -> str:
    """What is to be released without being asked each time?"""
    return _form(request.args, problem="")


@bp.post("/rules")
@signed_in
def make() -> Answer | tuple[str, int]:
    """Make a rule."""
    try:
        made, opened = rules.make(me().id, wanted(request.form), _to(), now(), backwards="backwards" in request.form)
    except BadRule as error:
        return _form(request.form, problem=f"{error}."), 422
    db.session.commit()
    words = f"Your rule stands: it opened {display.plural(opened, 'item')}, and opens what comes."
    say(words, Undo(url_for(".end", release_id=made.id)))
    return redirect(url_for("privacy.show", _anchor="rules"), 303)


@bp.post("/rules/<int:release_id>/end")
@signed_in
def end(release_id: int) -> Answer:
    """End a rule, and close what it opened."""
    closed = rules.end(release_id, me().id, now())
    db.session.commit()
    words = f"The rule is gone; it had opened {display.plural(closed, 'item')}."
    say(words, Undo(url_for(".take_up", release_id=release_id)))
    return redirect(url_for("privacy.show", _anchor="rules"), 303)


@bp.post("/rules/<int:release_id>/take-up")
@signed_in
def take_up(release_id: int) -> Answer:
    """Let an ended rule release again."""
    opened = rules.take_up(release_id, me().id, now())
    db.session.commit()
    say(f"The rule stands again: it opened {display.plural(opened, 'item')}.")
    return redirect(url_for("privacy.show", _anchor="rules"), 303)


def _form(said: Any, problem: str) -> str:
    chosen, to = wanted(said), said.get("to", "")
    back = "backwards" in said
    count = seen.count(me().id, chosen)
    return render_template(
        "release/rule.html", chosen=chosen, to=to, backwards=back, count=count, problem=problem, **_choices()
    )


def _choices() -> dict[str, Any]:
    kinds, platforms = seen.choices(me().id)
    return {"kinds": kinds, "platforms": platforms, "accounts": rules.accounts(me().id)}


def _done(step: ReleaseStep | None, words: str, **there: Any) -> Answer:
    db.session.commit()
    say(f"{words[0].upper()}{words[1:]}.", Undo(url_for(".take_back", step_id=step.id)) if step else None)
    return redirect(url_for(".show", **there), 303)


def _to() -> Visibility:
    to = forms.choice("to", Visibility)
    if to is None:
        abort(400, "Choose who may see it.")
    return to


def _name(one: Any) -> str:
    return display.heading(one.title, display.extract(one.excerpt), one.kind, one.platform)


def _by(one: Any) -> str:
    return "you" if one.said_at else "a rule of yours" if one.release_rule_id else ""


def _before() -> tuple[datetime, int] | None:
    moment, _, number = request.args.get("before", "").partition("~")
    if not moment:
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not forms.is_key(number):
        paging.refuse()
    return at, int(number)
