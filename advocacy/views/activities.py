"""One activity: what it says, what it counts for and why, its numbers, and the work that it is one place of."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import display, forms
from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain import number_lines, thread_words
from advocacy.domain.number_lines import Known
from advocacy.domain.text_diff import diff
from advocacy.flashes import Undo, say
from advocacy.models import activity_page, db, history, numbers, stood, work_choices
from advocacy.models.numbers import BadNumber
from advocacy.models.public_voice import wishes
from advocacy.models.work_choices import BadChoice

bp = Blueprint("activities", __name__, url_prefix="/activities")


@bp.get("/<int:activity_id>")
@signed_in
def show(activity_id: int) -> str:
    """What is known of this, and what does it count for?"""
    page, stretch = activity_page.of(activity_id, me().id), period()
    one = page.activity
    members = activity_page.members(activity_id, me().id)
    words, before = history.of(activity_id, me().id), stood.before(activity_id, me().id)
    known = [Known(*point) for point in numbers.history(activity_id)]
    return render_template(
        "activities/show.html",
        page=page,
        one=one,
        thread=thread_words.told(one, display.platform(one.platform), page.answered),
        numbers=number_lines.lines(known, stretch, page.day),
        members=members,
        others=activity_page.near(activity_id, me().id, one.at, members),
        choice=work_choices.in_force(me().id, activity_id),
        supports=activity_page.supports(activity_id, me().id),
        ways=activity_page.ways(activity_id, me().id),
        words=words,
        edited=any(said.edited for said in words),
        before=before,
        title_diff=diff(before.title, one.title) if before and before.title != one.title else (),
        text_diff=diff(before.text, one.text) if before and before.text != one.text else (),
        quiet=wishes.said(me().id, activity_id),
        period=stretch,
        today=today(),
    )


@bp.post("/<int:activity_id>/split")
@signed_in
def split(activity_id: int) -> Response:
    """Say that it is something of its own."""
    work_choices.split(me().id, activity_id, now())
    return _done(activity_id, "It stands for itself now, and counts as one more.", undo=True)


@bp.post("/<int:activity_id>/merge")
@signed_in
def merge(activity_id: int) -> Response:
    """Say that it is the same work as another."""
    try:
        work_choices.merge(me().id, activity_id, forms.number("activity", "Choose one of your items."), now())
    except BadChoice as error:
        abort(400, f"{error}.")
    return _done(activity_id, "Put together: they count once from now on.", undo=True)


@bp.post("/<int:activity_id>/undo")
@signed_in
def undo(activity_id: int) -> Response:
    """Take the word on its work back."""
    taken = work_choices.undo(me().id, activity_id, now())
    return _done(activity_id, "Taken back: it is judged by its links and its title again." if taken else "As it was.")


@bp.post("/<int:activity_id>/numbers")
@signed_in
def state(activity_id: int) -> Response:
    """State a number that no machine tells, or take one back by leaving it empty."""
    words = request.form.get("value", "").strip()
    value = _whole(words) if words else None
    try:
        numbers.by_hand(me().id, activity_id, request.form.get("metric", ""), value, forms.day("day"), now())
    except BadNumber as error:
        abort(400, f"{error}.")
    return _done(activity_id, "Kept. No machine changes it." if words else "Taken back.", anchor="numbers")


def _done(activity_id: int, words: str, *, undo: bool = False, anchor: str = "work") -> Response:
    db.session.commit()
    say(words, Undo(url_for(".undo", activity_id=activity_id)) if undo else None)
    return redirect(url_for(".show", activity_id=activity_id, _anchor=anchor), 303)


def _whole(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 20):
        abort(400, "Give the number in digits, like 1200.")
    return int(words)
