"""Rules of one's own: where nothing is evidence; with what each put aside, and the way to be rid of it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms, inbox_address
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.activity import Platform
from advocacy.flashes import Undo, say
from advocacy.models import activity_page, db, learned, sentences
from advocacy.models.inbox import acts, rules
from advocacy.models.learned import LearnedRule

bp = Blueprint("learned", __name__, url_prefix="/inbox/rules")


@bp.get("", strict_slashes=False)
@signed_in
def show() -> str:
    """What do I never want to see, and what was put aside by that?"""
    return render_template(
        "inbox/rules.html", rules=rules.kept(me().id), hidden=rules.hidden_by(me().id), today=today()
    )


@bp.post("/from-item")
@signed_in
def keep() -> Response:
    """Never again from where this item stands: its channel, its platform, or the account that it came by."""
    page = activity_page.of(forms.number("activity"), me().id)
    where, _, number = request.form.get("where", "").partition(".")
    rule = LearnedRule(person_id=me().id, expectation_id=_sentence(), at=now(), acts=True, offered=False)
    if where == "account":
        ways = {f"{way.account_id}" for way in activity_page.ways(page.id, me().id)}
        if number not in ways:
            abort(400, "It did not come by that account.")
        rule.account_id = int(number)
    elif where in ("channel", "platform"):
        rule.platform = page.activity.platform
        rule.channel = page.activity.channel if where == "channel" else None
    else:
        abort(400, "Choose from where: its channel, its platform or its account.")
    return _kept(rule, "Kept as a rule of yours, and acting at once.")


@bp.post("/offered")
@signed_in
def answer() -> Response:
    """Keep the rule that is offered, or leave it for good."""
    found = rules.worth_offering(me().id)
    if found is None or found.expectation_id != _sentence() or _place(found) != _place_said():
        abort(400, "This is not offered any more: go back to the inbox.")
    yes = request.form.get("answer") == "keep"
    where = {"platform": found.platform, "channel": found.channel, "expectation_id": found.expectation_id}
    rule = LearnedRule(person_id=me().id, at=now(), acts=yes, offered=True, **where)
    return _kept(rule, "Kept as a rule of yours." if yes else "Left: it is not offered again.")


@bp.post("/<int:rule_id>/delete")
@signed_in
def delete(rule_id: int) -> Response:
    """Be rid of a rule; what it put aside waits again."""
    rule = learned.of(rule_id, me().id)
    parts = {name: f"{getattr(rule, name) or ''}" for name in ("platform", "account_id", "expectation_id")}
    told = {"channel": rule.channel or "", "acts": "yes" if rule.acts else "", "any": "" if rule.channel else "yes"}
    learned.forget(rule)
    db.session.commit()
    say("The rule is gone: what it put aside waits in the inbox again.", Undo(url_for(".again"), {**parts, **told}))
    return redirect(url_for(".show"), 303)


@bp.post("/again")
@signed_in
def again() -> Response:
    """Have a rule back that was deleted just now."""
    account, key = forms.number_or_none("account_id"), forms.number_or_none("expectation_id")
    rule = LearnedRule(person_id=me().id, at=now(), acts=bool(request.form.get("acts")), offered=False)
    rule.platform, rule.account_id = forms.choice("platform", Platform), account
    rule.channel = None if request.form.get("any") else request.form.get("channel", "")
    rule.expectation_id = sentences.of_person(key, me().id).expectation_id if key else None
    if (rule.platform, rule.account_id) == (None, None):
        abort(400, "A rule needs a place: a platform or an account.")
    learned.keep(rule)
    db.session.commit()
    say("The rule is back.")
    return redirect(url_for(".show"), 303)


def _kept(rule: LearnedRule, words: str) -> Response:
    act = acts.learn(rule, now())
    db.session.commit()
    view = request.form.get("view", "")[:500]
    say(words, Undo(url_for("inbox_acts.undo"), {"act": act.id, "view": view}))
    return redirect(url_for("inbox.show", **inbox_address.from_form(view).args), 303)


def _sentence() -> int | None:
    key = forms.number_or_none("expectation")
    return sentences.of_person(key, me().id).expectation_id if key else None


def _place(found: LearnedRule) -> tuple[Platform | None, str | None]:
    return found.platform, found.channel


def _place_said() -> tuple[str, str]:
    return request.form.get("platform", ""), request.form.get("channel", "")
