"""Find a speaker: who can speak about it, with receipts; compared, shortlisted, and asked for again."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from advocacy import forms
from advocacy.access import needs
from advocacy.catching_up import catch_up
from advocacy.context import me, now, today
from advocacy.domain.finding.question import nearest
from advocacy.domain.profile import FORMATS
from advocacy.domain.relevance import marked
from advocacy.finding import address, told
from advocacy.finding.find import SIZE, Found, ask, some
from advocacy.flashes import Undo, say
from advocacy.models import db, looks, profile, roster, saved_searches, shortlists
from advocacy.models.audience import Audience
from advocacy.models.base import Missing
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("speakers", __name__, url_prefix="/speakers")

MOST = 50  #: people of one page
COMPARED = (2, 4)


@bp.get("")
@needs(Capability.MARKETING)
def find() -> str:
    """Who can speak about it?"""
    said = address.chosen()
    found = _found(said, _size())
    words = said.get("q", "")
    return render_template(
        "speakers/find.html",
        found=found,
        said=said,
        size=_size(),
        most=min(found.count, MOST),
        nearest=_near(words, found) if words and not found.count else (),
        saved=saved_searches.of(me().id),
        chosen=shortlists.chosen(me().id, words),
        forms=FORMATS,
        months=address.MONTHS,
        given=address.GIVEN,
        marked=marked,
        today=today(),
    )


@bp.get("/speakers.csv")
@needs(Capability.MARKETING)
def as_sheet() -> Response:
    """The same people for spreadsheets."""
    return sheet("speakers", told.COLUMNS, told.rows(_found(address.chosen(), MOST)))


@bp.get("/compare")
@needs(Capability.MARKETING)
def compare() -> str:
    """Two to four people side by side."""
    said = address.chosen()
    people = [int(one) for one in dict.fromkeys(request.args.getlist("person")) if forms.is_key(one)]
    found = _some(said.get("q", ""), people[: COMPARED[1]])
    return render_template(
        "speakers/compare.html",
        found=found,
        said=said,
        named=len(people),
        bounds=COMPARED,
        marked=marked,
        today=today(),
    )


@bp.get("/shortlist")
@needs(Capability.MARKETING)
def shortlist() -> str:
    """Whom did I choose, and for what?"""
    return render_template("speakers/shortlist.html", lists=_shortlists(), marked=marked, today=today())


@bp.get("/shortlist.csv")
@needs(Capability.MARKETING)
def shortlist_sheet() -> Response:
    """The shortlists for spreadsheets."""
    rows = ((asked, *row) for asked, found in _shortlists() for row in told.rows(found))
    return sheet("shortlist", ("question", *told.COLUMNS), rows)


@bp.get("/shortlist.md")
@needs(Capability.MARKETING)
def shortlist_markdown() -> Response:
    """The shortlists to be mailed or pasted."""
    answer = Response(told.markdown(_shortlists()), mimetype="text/markdown")
    answer.headers["Content-Disposition"] = "attachment; filename=shortlist.md"
    return answer


@bp.post("/shortlist")
@needs(Capability.MARKETING)
def choose() -> Answer:
    """Put somebody on the shortlist, or take them off."""
    said, person_id = address.chosen(request.form), forms.number("person")
    asked, is_off = said.get("q", ""), bool(forms.text("off"))
    if not (is_off or profile.is_listed(person_id)):
        raise Missing("there is nobody of the kind to be found")
    (shortlists.drop if is_off else _put)(me().id, person_id, asked)
    db.session.commit()
    name = roster.by_id(person_id).name
    words = f"{name} is off the shortlist." if is_off else f"{name} is on the shortlist for “{asked}”."
    say(words, Undo(url_for(".choose"), {**said, "person": person_id, "off": "" if is_off else "1"}))
    return redirect(url_for(".shortlist") if forms.text("back") else _again(said), 303)


@bp.post("/saved")
@needs(Capability.MARKETING)
def save() -> Answer:
    """Keep the search, to ask it again."""
    said = address.chosen(request.form)
    address.wish(said)
    if not said.get("q"):
        say("Nothing to keep: ask for something first.")
        return redirect(url_for(".find"), 303)
    name = forms.text("name", 200) or said["q"]
    kept = saved_searches.keep(me().id, name, urlencode(said), now())
    db.session.commit()
    say(f"Kept as “{name}”.", Undo(url_for(".forget", search_id=kept.id)))
    return redirect(_again(said), 303)


@bp.post("/saved/<int:search_id>/forget")
@needs(Capability.MARKETING)
def forget(search_id: int) -> Answer:
    """Forget a kept search."""
    gone = saved_searches.drop(search_id, me().id)
    fields = {"name": gone.name, **address.chosen(dict(parse_qsl(gone.query)))}
    db.session.commit()
    say(f"“{gone.name}” is forgotten.", Undo(url_for(".save"), fields))
    return redirect(url_for(".find"), 303)


def _near(words: str, found: Found) -> list[tuple[str, str]]:
    """Topics that look like what was asked, and were not."""
    return [one for one in nearest(words, in_force().vocabulary) if one[0] not in found.question.topics]


def _again(said: dict[str, str]) -> str:
    """The address of the search."""
    return f"{url_for('.find')}?{urlencode(said)}"


def _put(by_id: int, person_id: int, asked: str) -> None:
    shortlists.put(by_id, person_id, asked, now())


def _size() -> int:
    words = request.args.get("size", "")
    return min(int(words), MOST) if forms.is_key(words) else SIZE


def _found(said: dict[str, str], size: int) -> Found:
    """The answer; that somebody was found is written down for them."""
    catch_up()
    found = ask(said.get("q", ""), address.wish(said), in_force(), today(), now(), size=size)
    _look(found)
    return found


def _some(words: str, people: list[int]) -> Found:
    catch_up()
    found = some(words, people, in_force(), today(), now())
    _look(found)
    return found


def _shortlists() -> list[tuple[str, Found]]:
    return [(asked, _some(asked, people)) for asked, people in shortlists.of(me().id).items()]


def _look(found: Found) -> None:
    shown = [one.person_id for one in (*found.speakers, *found.voices) if one.person_id != me().id]
    if shown:
        what = f"you as a speaker on {', '.join(one.label for one in found.question.wanted)}"
        looks.note_all(me().id, shown, what, now(), audience=Audience.MARKETING)
