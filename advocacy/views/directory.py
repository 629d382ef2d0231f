"""The speakers directory: everybody who approved a page of theirs, as far as whoever looks may see it."""

from flask import Blueprint, Response, abort, render_template, request, send_file

from advocacy.access import needs, signed_in
from advocacy.addresses import address
from advocacy.context import me
from advocacy.domain.directory import Wanted, fits, offered
from advocacy.domain.profile import FORMATS
from advocacy.models import publishing
from advocacy.models.audience import Audience
from advocacy.models.publishing import Speaker
from advocacy.models.words import Capability
from advocacy.sheet import sheet
from advocacy.speaker_pages import pages
from advocacy.speaker_pages.bundle import bundle

bp = Blueprint("directory", __name__, url_prefix="/speakers/directory")

SIZE = 50  #: speakers on a page
FILTERS = ("topic", "language", "place", "form")
COLUMNS = (
    *("name", "headline", "title", "company", "topics", "languages", "residence", "would_speak_in", "formats"),
    *("travels", "short_bio", "approved_on", "page"),
)


@bp.get("")
@signed_in
def show() -> str:
    """Who speaks for us, about what?"""
    everybody = publishing.speakers(_audience())
    found = [one for one in everybody if fits(one.told, _wanted())]
    rows = _after(found, request.args.get("after", ""))
    tolds = [one.told for one in everybody]
    return render_template(
        "directory/show.html",
        rows=rows[:SIZE],
        number=len(found),
        all=len(everybody),
        after=_place(rows[SIZE - 1]) if len(rows) > SIZE else "",
        chosen=_chosen(),
        topics=offered(tolds, "topics"),
        languages=offered(tolds, "languages"),
        forms=FORMATS,
        marketing=_audience() is Audience.MARKETING,
        own=any(one.id == me().id for one in everybody),
    )


@bp.get("/speakers.csv")
@signed_in
def as_sheet() -> Response:
    """The same list, to its end, for spreadsheets."""
    return sheet("speakers", COLUMNS, (_row(one) for one in _found()))


@bp.get("/speakers.md")
@signed_in
def as_markdown() -> Response:
    """The same list, to its end, as a text."""
    text = render_template("directory/list.md", rows=_found(), chosen=_chosen())
    answer = Response(f"{text.strip()}\n", mimetype="text/markdown")
    answer.headers["Content-Disposition"] = "attachment; filename=speakers.md"
    return answer


@bp.get("/speakers.zip")
@needs(Capability.MARKETING)
def as_files() -> Response:
    """What is public of all speakers, as the files of a web site."""
    pack = bundle(pages.files())
    return send_file(pack, "application/zip", as_attachment=True, download_name="speakers.zip", max_age=0)


def _audience() -> Audience:
    return Audience.MARKETING if me().can(Capability.MARKETING) else Audience.EVERYBODY


def _chosen() -> dict[str, str]:
    return {name: said for name in FILTERS if (said := request.args.get(name, "").strip()[:200])}


def _wanted() -> Wanted:
    chosen = _chosen()
    if chosen.get("form", FORMATS[0]) not in FORMATS:
        abort(400, f"form must be {', '.join(FORMATS)} or nothing.")
    return Wanted(**chosen)


def _found() -> list[Speaker]:
    return [one for one in publishing.speakers(_audience()) if fits(one.told, _wanted())]


def _place(last: Speaker) -> str:
    """Where a page ended: the key of its last speaker."""
    name, number = publishing.key(last)
    return f"{number}.{name}"


def _after(found: list[Speaker], place: str) -> list[Speaker]:
    if not place:
        return found
    number, _, name = place.partition(".")
    if not number.isascii() or not number.isdigit():
        abort(400, "The address says no place in the list: go back to its first page.")
    return [one for one in found if publishing.key(one) > (name, int(number[:12]))]


def _row(one: Speaker) -> tuple[object, ...]:
    told = one.told
    lists = ", ".join(told.topics), ", ".join(told.languages)
    places = told.residence, told.location, ", ".join(told.formats), told.journey
    day = one.approved_at.date().isoformat()
    page = address("profile.of", person_id=one.id)
    return (told.name, told.headline, told.title, told.company, *lists, *places, told.short_bio, day, page)
