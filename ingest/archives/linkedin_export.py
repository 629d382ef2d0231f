"""The copy of their data that LinkedIn gives its people: Shares.csv and Comments.csv, and nothing else of it."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.links import canonical
from advocacy.domain.refs import ref_of
from ingest.archive import Entry, Options, Skipped, Unreadable
from ingest.archives.linkedin_lines import Mended, moment
from ingest.bundle import BadArchive, Bundle
from ingest.prose import plain_text
from ingest.sheet import Sheet

kind = "linkedin-export"

TABLES = r"shares\.csv", r"comments\.csv"
COLUMNS = {
    "date": "date",
    "sharelink": "link",
    "link": "link",
    "sharecommentary": "text",
    "message": "text",
    "sharedurl": "shared",
}
_MEND = "nothing is to be mended by hand; fetch the copy again if there are many"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield every share and every comment."""
    names = list(given.members) if given.is_single else [name for table in TABLES for name in given.find(table)[:1]]
    if not names:
        raise BadArchive(f"there is neither Shares.csv nor Comments.csv in {given.name}")
    for name in names:
        with given.open(name) as stream:
            sheet = Sheet(Mended(stream), name, lambda heading: COLUMNS.get(heading.replace(" ", "").lower()))
            yield from _rows(sheet, name)


def _rows(sheet: Sheet, name: str) -> Iterator[Entry]:
    if not {"date", "link", "text"} <= sheet.columns:
        raise BadArchive(f"{name} is no table of LinkedIn's shares or comments: it has other columns")
    is_share = "shared" in sheet.columns
    for row in sheet:
        yield row if isinstance(row, Unreadable) else _entry(row.cells, row.where, is_share)


def _entry(cells: Mapping[str, str], where: str, is_share: bool) -> Entry:
    at = moment(cells.get("date", ""))
    text, shared = plain_text(cells.get("text", "")), canonical(cells.get("shared", ""))
    if at is None:
        return Unreadable(where, f"its date is {cells.get('date', '')[:40]!r}", _MEND)
    if not text and not shared:
        return Skipped(where, "it says nothing: a picture, or somebody else's post passed on")
    link = canonical(cells.get("link", ""))
    return Activity(
        ref=_ref(link, is_share, f"{at} {text}"),
        kind=Kind.POST if is_share else Kind.REPLY,
        platform=Platform.LINKEDIN,
        at=at,
        text=text,
        channel="LinkedIn",
        url=link,
        shares=(shared,) if shared else (),
    )


def _ref(link: str, is_share: bool, said: str) -> str:
    """By the post's own number; a comment's link is that of the post above it, so what it says tells it apart."""
    post = ref_of(link) or (f"{Platform.LINKEDIN}:{link}" if link else "")
    if is_share and post:
        return post
    return f"{post or Platform.LINKEDIN}/{blake2b(said.encode(), digest_size=8).hexdigest()}"
