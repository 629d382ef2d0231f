"""Evidence put to a sentence by its person: found among their own items, counted as what they say, pinned."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain.facets import BY_TOPIC, choices, whole
from advocacy.flashes import Undo, say
from advocacy.models import activity_page, attachable, db, pins, sentences, verdicts
from advocacy.models.sentences import Sentence
from advocacy.models.words import Word
from advocacy.running import in_force

bp = Blueprint("attaching", __name__, url_prefix="/expectations")


@bp.get("/<int:expectation_id>/attach")
@signed_in
def ask(expectation_id: int) -> str:
    """Which of my items speaks for this, though no rule saw it?"""
    sentence = sentences.of_person(expectation_id, me().id)
    words = request.args.get("words", "").strip()[:200]
    return render_template(
        "attaching/ask.html",
        sentence=sentence,
        words=words,
        found=attachable.found(me().id, expectation_id, words),
        most=attachable.MOST,
        choices=_choices(sentence),
        period=period(),
        today=today(),
    )


@bp.get("/<int:expectation_id>/as/<int:activity_id>")
@signed_in
def as_what(expectation_id: int, activity_id: int) -> str:
    """As what does this piece count?"""
    sentence = sentences.of_person(expectation_id, me().id)
    item, vocabulary = activity_page.of(activity_id, me().id), in_force().vocabulary
    wanted = _choices(sentence)
    return render_template(
        "attaching/as_what.html",
        sentence=sentence,
        item=item,
        choices=wanted,
        by_topic=[one for one in wanted if one in BY_TOPIC],
        named=in_force().judge(item.activity).tags.topics,
        topics=sorted(vocabulary.topics.values(), key=lambda topic: topic.name.casefold()),
        name=vocabulary.name,
        period=period(),
    )


@bp.post("/<int:expectation_id>/attach")
@signed_in
def attach(expectation_id: int) -> Response:
    """Attach an item by hand, as what the form says; the rules' other opinions no longer count."""
    sentence = sentences.of_person(expectation_id, me().id)
    activity_id = forms.number("activity", "Choose an item.")
    verdicts.decide(
        person_id=me().id,
        activity_id=activity_id,
        expectation_id=expectation_id,
        word=Word.CONFIRMED,
        by=me().id,
        now=now(),
        facet=_facet(sentence),
    )
    db.session.commit()
    stretch = request.form.get("period", "")
    undo: dict[str, str | int] = {"activity": activity_id, "period": stretch, "word": ""}
    say("Attached: it counts here now.", Undo(url_for("expectations.decide", expectation_id=expectation_id), undo))
    return _back(expectation_id, stretch)


@bp.post("/<int:expectation_id>/pins")
@signed_in
def pin(expectation_id: int) -> Response:
    """Put a piece first under the sentence, or take it off again."""
    sentences.of_person(expectation_id, me().id)
    activity_id, stretch = forms.number("activity"), request.form.get("period", "")
    if "off" in request.form:
        pins.take_off(me().id, expectation_id, activity_id)
        words = "No longer pinned."
    elif pins.put(me().id, expectation_id, activity_id, now()):
        words = "Pinned: it stands first here and in the review pack."
    else:
        words = f"{pins.MOST} are pinned already: take one off first."
    db.session.commit()
    say(words)
    return _back(expectation_id, stretch)


def _choices(sentence: Sentence) -> tuple[str, ...]:
    rules = in_force()
    rule = rules.rulebook.rules.get(sentence.rule or "")
    return choices(rule, sentence.reading, rules.vocabulary.own_personas)


def _facet(sentence: Sentence) -> str | None:
    """What was chosen, None when nothing was: then it counts as the rules say."""
    said, topic = request.form.get("facet", ""), request.form.get("topic", "")
    if said and said not in _choices(sentence):
        abort(400, "That is nothing this sentence counts: choose one from the list.")
    if topic and topic not in in_force().vocabulary.topics:
        abort(400, "That topic is not known: choose one from the list.")
    return whole(said, topic) if said else None


def _back(expectation_id: int, stretch: str) -> Response:
    to = url_for("expectations.show", expectation_id=expectation_id, period=stretch or None, _anchor="evidence")
    return redirect(to, 303)
