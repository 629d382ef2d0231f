"""The form of a talk, and the page around it."""

from flask import render_template
from werkzeug.datastructures import MultiDict

from advocacy.domain import text_diff
from advocacy.domain.profile import FORMATS
from advocacy.domain.proposal import ProposalState
from advocacy.domain.talk import Level
from advocacy.domain.text_diff import Change
from advocacy.entry import Entry
from advocacy.models.talks import library, speakers, talk_numbers, variants
from advocacy.models.talks.library import Talk
from advocacy.models.talks.variants import TalkVariant
from advocacy.models.words import Visibility

LONGEST = 60 * 24  #: minutes of a talk
Parts = list[tuple[Change, str]]


def filled(one: Talk) -> Entry:
    """The form as it is kept."""
    said = {name: getattr(one, name) for name in ("title", "abstract", "language", "slides", "recording")}
    more = {"topics": ", ".join(one.topics), "format": one.form, "visibility": one.visibility.value}
    return Entry(MultiDict({**said, **more, "level": one.level or "", "minutes": f"{one.minutes or ''}"}))


def fill(one: Talk, entry: Entry) -> None:
    """Take over everything but title and abstract, which have versions; what is to be mended stands in the entry."""
    one.topics, one.slides, one.recording = entry.topics("topics"), entry.link("slides"), entry.link("recording")
    one.language, one.level, one.minutes = whom(entry)
    form = entry("format")
    if form not in ("", *FORMATS):
        entry.wrong["format"] = f"Choose one of: {', '.join(FORMATS)}."
    one.form = form if form in FORMATS else ""
    one.visibility = entry.choice("visibility", Visibility, one.visibility or Visibility.PRIVATE)


def whom(entry: Entry) -> tuple[str, Level | None, int | None]:
    """Language, level and length, of a talk or a variant."""
    language, minutes = entry.line("language"), entry.whole("minutes")
    if len(language) > 80:
        entry.wrong["language"] = f"That is too long: at most 80 characters, these are {len(language)}."
    if minutes is not None and not 0 < minutes <= LONGEST:
        entry.wrong["minutes"] = "Give the length in minutes, like 30."
    level = entry.choice("level", Level, Level.BEGINNER) if entry("level") else None
    return language, level, minutes


def new(entry: Entry) -> str:
    """An empty page for a talk to come."""
    return render_template("talks/form.html", entry=entry, talk=None, formats=FORMATS)


def page(talk: Talk, entry: Entry | None = None, variant: Entry | None = None, of: TalkVariant | None = None) -> str:
    """The talk with all that hangs on it; `variant` is the form of a variant, `of` the one that it changes."""
    events = library.at_events(talk.id)
    return render_template(
        "talks/form.html",
        entry=entry or filled(talk),
        talk=talk,
        formats=FORMATS,
        past=_changes(talk),
        events=events,
        given=[one for one in events if one.state is ProposalState.DELIVERED],
        beside=speakers.confirmed([one.id for one in events]),
        numbers=talk_numbers.of_talk(talk.id),
        variants=variants.of(talk.id),
        variant=variant or Entry(MultiDict()),
        variant_of=of,
    )


def _changes(talk: Talk) -> list[tuple[library.TalkVersion, Parts, Parts]]:
    """Each earlier version with what became of its title and its abstract in the one after it."""
    later, found = (talk.title, talk.abstract), []
    for one in library.versions(talk.id):
        title = text_diff.diff(one.title, later[0]) if one.title != later[0] else []
        found.append((one, title, text_diff.diff(one.abstract, later[1]) if one.abstract != later[1] else []))
        later = one.title, one.abstract
    return found
