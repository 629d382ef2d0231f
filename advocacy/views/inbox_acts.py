"""What is said in the inbox: yes, no, something else, later; each a step that can be taken back."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy import display, forms, inbox_address, recording
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.flashes import Undo, say
from advocacy.models import activity_page, db, offers, sentences
from advocacy.models.inbox import acts, edits, waiting
from advocacy.models.inbox.acts import Act, Deed
from advocacy.models.words import Word
from advocacy.running import in_force

bp = Blueprint("inbox_acts", __name__, url_prefix="/inbox")

AT_ONCE = 200  #: items that one step may speak of
PIECES = 1000  #: and how many pieces of evidence
FARTHEST = timedelta(days=366)


@bp.post("/words")
@signed_in
def decide() -> Response:
    """Say of items what they are evidence for: what is ticked, something else, or nothing."""
    word, ids = forms.choice("word", Word), _ids()
    if word is None:
        abort(400, "Say whether it is evidence: confirmed or rejected.")
    waits = waiting.suggested(me().id, ids)
    ticked = set(map(_sentence, request.form.getlist("expectation")))
    also = {_sentence(key) for key in request.form.getlist("also") if key}
    if word is Word.REJECTED:
        said = [(one, key, Word.REJECTED) for one in ids for key in waits[one]]
        return _done(acts.say(me().id, Deed.REJECTED, said, now(), _reason()), "Not evidence")
    if "choose" not in request.form:
        ticked |= {key for keys in waits.values() for key in keys}
    if not ticked | also:
        abort(400, "Tick at least one sentence that it is evidence for, or say that it is not evidence.")
    yes = [(one, key, Word.CONFIRMED) for one in ids for key in sorted(set(waits[one]) & ticked | also)]
    no = [(one, key, Word.REJECTED) for one in ids for key in waits[one] if key not in ticked | also]
    deed = Deed.REMAPPED if also or no else Deed.CONFIRMED
    words = "Confirmed as you chose" if deed is Deed.REMAPPED else "Confirmed"
    return _done(acts.say(me().id, deed, [*yes, *no], now(), _reason()), words)


@bp.post("/pieces")
@signed_in
def confirm() -> Response:
    """Confirm pieces of evidence, each one sentence of one item: what was shown and stayed ticked."""
    pairs = [key.partition(".")[::2] for key in request.form.getlist("piece")]
    if not pairs or len(pairs) > PIECES or not all(forms.is_key(a) and forms.is_key(b) for a, b in pairs):
        abort(400, f"Tick at least one piece, and at most {PIECES} at once.")
    waits = waiting.suggested(me().id, {int(activity) for activity, _ in pairs})
    said = [(int(a), int(b), Word.CONFIRMED) for a, b in pairs if int(b) in waits[int(a)]]
    return _done(acts.say(me().id, Deed.CONFIRMED, said, now()), "Confirmed")


@bp.post("/snoozes")
@signed_in
def snooze() -> Response:
    """Put items off until a day."""
    ids, until = _ids(), forms.day("until")
    if not today() < until <= today() + FARTHEST:
        abort(400, "Choose a day after today and within a year.")
    waiting.suggested(me().id, ids)
    return _done(acts.snooze(me().id, ids, until, now()), f"Put off until {display.long_day(until)}")


@bp.post("/edits")
@signed_in
def answer_edit() -> Response:
    """Say whether what was edited is still evidence for what it was confirmed for."""
    activity_id = forms.number("activity")
    sure = request.form.get("still") == "yes"
    said = [(activity_id, key, Word.CONFIRMED if sure else None) for key in edits.of(activity_id, me().id)]
    deed = Deed.STILL_RIGHT if sure else Deed.TAKEN_BACK
    words = "Still right, as it reads now" if sure else "Taken back: the rules judge it again"
    return _done(acts.say(me().id, deed, said, now()), words)


@bp.post("/undo")
@signed_in
def undo() -> Response:
    """Take a step back."""
    items = acts.undo(acts.of(forms.number("act"), me().id), now())
    db.session.commit()
    say("Taken back: it is as it was.")
    return _back(items[0] if items else None)


@bp.post("/offers/<int:offer_id>")
@signed_in
def answer(offer_id: int) -> Response:
    """Take what somebody said of me, leave it, or let it wait again."""
    said = request.form.get("answer", "")
    if said not in ("take", "leave", ""):
        abort(400, "Take it or leave it.")
    one = offers.ask_again(offer_id, me().id)
    activity_id, part, had = one.activity_id, one.part, one.taken
    one.taken = False
    if said:
        offers.answer(offer_id, me().id, taken=said == "take", now=now())
    db.session.flush()
    if said == "take":
        recording.join(activity_id, me().id, part, in_force())
    elif had and not activity_page.ways(activity_id, me().id):  # what an account brought stays theirs
        recording.leave(activity_id, me().id)
    db.session.commit()
    words = {
        "take": "It is yours, too.",
        "leave": "Left: it is not yours.",
        "": "Taken back: it waits for your answer.",
    }
    say(words[said], Undo(url_for(".answer", offer_id=offer_id), {"answer": "", **_view()}) if said else None)
    return _back(None)


def _ids() -> list[int]:
    words = request.form.get("activities", "").split(",")
    if not all(map(forms.is_key, words)) or len(words) > AT_ONCE:
        abort(400, f"Name the items by their numbers, at most {AT_ONCE} at once.")
    return sorted(set(map(int, words)))


def _sentence(words: str) -> int:
    """A sentence of the person's own role pages."""
    if not forms.is_key(words):
        abort(400, "A sentence is named by its number.")
    return sentences.of_person(int(words), me().id).expectation_id


def _reason() -> str:
    return forms.text("reason", 500)


def _view() -> dict[str, str]:
    return {"view": request.form.get("view", "")[:500]}


def _done(act: Act, words: str) -> Response:
    if not act.items:
        say("Nothing of it waited for your word any more: nothing was changed.")
        return _back(forms.number_or_none("next"))
    db.session.commit()
    several = f"{words}: {act.items} items." if act.items != 1 else f"{words}."
    say(several, Undo(url_for(".undo"), {"act": act.id, **_view()}))
    return _back(forms.number_or_none("next"))


def _back(item: int | None) -> Response:
    address = inbox_address.from_form(request.form.get("view", ""))
    return redirect(url_for("inbox.show", **address.args, item=item), 303)
