"""The archives and tables that a person can give us: what each is called, and what is read of it and what never."""

from dataclasses import dataclass

from advocacy.domain.activity import Platform


@dataclass(frozen=True, slots=True)
class ArchiveKind:
    """One kind of file: whose platform it is of, what of it is read and what never, and where a person gets it."""

    kind: str
    name: str
    platform: Platform
    read: str
    never: str
    where: str

    @property
    def asks_speaker(self) -> bool:
        """Whether it holds other people's talks too."""
        return self.kind in ("sessionize", "pretalx")

    @property
    def asks_columns(self) -> bool:
        """Whether its columns may be named otherwise."""
        return self.kind in ("csv", "jsonl")


ARCHIVE_KINDS: tuple[ArchiveKind, ...] = (
    ArchiveKind(
        "x-archive",
        "X archive",
        Platform.X,
        "Your posts and replies: data/tweets.js (tweet.js and the older layouts too), long posts, and of manifest.js "
        "the handle and the day the archive was made.",
        "Direct messages, phone numbers, addresses, the account's own data, likes, advertisements: never opened.",
        "On X: Settings, Your account, Download an archive of your data. The zip, or data/tweets.js alone.",
    ),
    ArchiveKind(
        "reddit-export",
        "Reddit export",
        Platform.REDDIT,
        "posts.csv and comments.csv: date, community, link, title, text.",
        "The addresses you wrote from (the ip column), messages, votes, drafts.",
        "On Reddit: reddit.com/settings/data-request. The zip, or one of the two tables.",
    ),
    ArchiveKind(
        "linkedin-export",
        "LinkedIn export",
        Platform.LINKEDIN,
        "Shares.csv and Comments.csv: date, link, text, what was shared.",
        "Messages, connections, contacts, and every other table.",
        "On LinkedIn: Settings, Data privacy, Get a copy of your data. The zip, or one of the two tables.",
    ),
    ArchiveKind(
        "csv",
        "Table (CSV)",
        Platform.MANUAL,
        "A table with a heading: date, kind, platform, title, link, text, channel, numbers.",
        "Columns whose heading we do not know.",
        "Your spreadsheet, saved as CSV UTF-8.",
    ),
    ArchiveKind(
        "jsonl",
        "JSON lines",
        Platform.MANUAL,
        "One JSON object a line, with the names that a table has.",
        "Names that we do not know.",
        "A program of your own.",
    ),
    ArchiveKind(
        "ics",
        "Calendar of talks (ICS)",
        Platform.MANUAL,
        "Its events as talks you gave: summary, start, place, address.",
        "Guests, alarms, notes of other calendars.",
        "A calendar that holds nothing but your talks, exported.",
    ),
    ArchiveKind(
        "sessionize",
        "Sessionize schedule",
        Platform.MANUAL,
        "Of the event's sessions those that name you as a speaker.",
        "Other people's sessions.",
        "The event's Sessionize address ending in /view/All, saved as a file.",
    ),
    ArchiveKind(
        "pretalx",
        "pretalx schedule",
        Platform.MANUAL,
        "Of the event's talks those that name you as a speaker.",
        "Other people's talks.",
        "The event's schedule.json (…/schedule/export/schedule.json), saved as a file.",
    ),
)
BY_KIND = {one.kind: one for one in ARCHIVE_KINDS}
