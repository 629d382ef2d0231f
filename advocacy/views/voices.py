"""What the person and the lead say of a sentence; each speaks for themselves, and neither changes the other."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.period import NoPeriod, Period, parse
from advocacy.flashes import Undo, say
from advocacy.models import db, exhibits, leadership, looks, sentences, voices
from advocacy.models.audience import Audience
from advocacy.models.base import Missing
from advocacy.models.board import default_period
from advocacy.models.people import Person
from advocacy.models.words import Claim

bp = Blueprint("voices", __name__)

LONGEST = 2000  #: characters of a statement


@bp.post("/expectations/<int:expectation_id>/voice")
@signed_in
def speak(expectation_id: int) -> Response:
    """Say where I stand, in my own words; to take it back is to say nothing anew."""
    sentences.of_person(expectation_id, me().id)
    stretch = _period(default_period(me(), now()))
    _speak(me(), expectation_id, stretch, as_lead=False)
    db.session.commit()
    to = url_for("expectations.show", expectation_id=expectation_id, period=stretch.label, _anchor="voices")
    return redirect(to, 303)


@bp.get("/people/<int:person_id>/expectations/<int:expectation_id>")
@signed_in
def show(person_id: int, expectation_id: int) -> str:
    """A lead's look at one sentence of somebody they lead: what was released, and both voices."""
    person, sentence = _led(person_id, expectation_id)
    stretch = _asked(person)
    looks.note(me().id, person.id, Audience.LEAD, f"a sentence in {stretch.label}", now())
    span = stretch.start, stretch.end
    released = exhibits.of(person.id, expectation_id, *span, limit=100, audience=Audience.LEAD)
    return render_template(
        "voices/show.html",
        person=person,
        sentence=sentence,
        period=stretch,
        current=default_period(person, now()),
        heard=voices.heard(person.id, expectation_id, as_lead=True),
        released=exhibits.by_work(released),
        today=today(),
    )


@bp.post("/people/<int:person_id>/expectations/<int:expectation_id>")
@signed_in
def speak_as_lead(person_id: int, expectation_id: int) -> Response:
    """Say where somebody stands as I see it; they read it, and it changes nothing that they said."""
    person, _ = _led(person_id, expectation_id)
    stretch = _period(default_period(person, now()))
    _speak(person, expectation_id, stretch, as_lead=True)
    db.session.commit()
    return redirect(
        url_for(".show", person_id=person.id, expectation_id=expectation_id, period=stretch.label, _anchor="voices"),
        303,
    )


def _speak(person: Person, expectation_id: int, stretch: Period, *, as_lead: bool) -> None:
    claim, words = forms.choice("claim", Claim), forms.text("words", LONGEST)
    taken_back = "back" in request.form
    if not (claim or words or taken_back):
        say("Nothing was said: choose a word, or write a sentence.")
        return
    voices.speak(
        person_id=person.id,
        expectation_id=expectation_id,
        by=me().id,
        as_lead=as_lead,
        days=_days(stretch),
        claim=claim,
        words=words,
        shown=as_lead or "shown" in request.form,
        now=now(),
    )
    _tell(person, expectation_id, stretch, as_lead=as_lead, taken_back=taken_back)


def _tell(person: Person, expectation_id: int, stretch: Period, *, as_lead: bool, taken_back: bool) -> None:
    if taken_back:
        say("Taken back; what was said before stays in the history.")
        return
    to = (
        url_for(".speak_as_lead", person_id=person.id, expectation_id=expectation_id)
        if as_lead
        else url_for(".speak", expectation_id=expectation_id)
    )
    say(f"Said, dated, of {stretch.label}.", Undo(to, {"back": "1", "period": stretch.label}))


def _led(person_id: int, expectation_id: int) -> tuple[Person, sentences.Sentence]:
    """Somebody whom I lead today and a sentence of theirs; anybody else's is not there."""
    if not leadership.leads(me().id, person_id, today()):
        raise Missing("there is nobody of that number whom you lead")
    person = db.session.get_one(Person, person_id)
    return person, sentences.of_person(expectation_id, person_id)


def _days(stretch: Period) -> tuple[date, date]:
    return stretch.start, stretch.end


def _asked(person: Person) -> Period:
    return _parsed(request.args.get("period", "")) or default_period(person, now())


def _period(otherwise: Period) -> Period:
    return _parsed(request.form.get("period", "")) or otherwise


def _parsed(words: str) -> Period | None:
    try:
        return parse(words) if words else None
    except NoPeriod as error:
        abort(400, f"{error}.")
