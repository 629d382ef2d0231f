"""The form of an event: what it is filled with, and what was typed into it as values."""

from typing import Any

from werkzeug.datastructures import MultiDict

from advocacy.domain.event_files.told import languages
from advocacy.domain.vocabulary import Vocabulary
from advocacy.entry import Entry
from advocacy.models.talks.events import Event

LINES, LINKS, DAYS = ("place", "country"), ("url", "cfp_url"), ("starts", "ends", "cfp_closes")


def read(entry: Entry, vocabulary: Vocabulary) -> dict[str, Any]:
    """The values by field; what is to be mended stands in the entry."""
    found: dict[str, Any] = {"name": entry.line("name", "Say what it is called."), "about": entry.words("about")}
    found |= {name: entry.line(name) for name in LINES} | {name: entry.link(name) for name in LINKS}
    found |= {name: entry.day(name) for name in DAYS}
    if found["starts"] and found["ends"] and found["ends"] < found["starts"]:
        entry.wrong["ends"] = "It ends before it begins: turn the two days round."
    if found["starts"] and found["cfp_closes"] and found["cfp_closes"] > found["starts"]:
        entry.wrong["cfp_closes"] = "The call closes after the event began: mend one of the two days."
    found["online"] = entry.ticked("online")
    found["languages"] = list(languages(entry.line("languages")))
    found["topics"] = _topics(entry, vocabulary)
    return found


def filled(one: Event, vocabulary: Vocabulary) -> "MultiDict[str, str]":
    """What stands in the form of an event that is there."""
    told = {name: getattr(one, name) for name in ("name", "about", *LINES, *LINKS)}
    told |= {name: day.isoformat() if (day := getattr(one, name)) else "" for name in DAYS}
    told |= {"online": "1" if one.online else "", "languages": ", ".join(one.languages)}
    return MultiDict({**told, "topics": ", ".join(map(vocabulary.name, one.topics))})


def _topics(entry: Entry, vocabulary: Vocabulary) -> list[str]:
    """Topics of the vocabulary, by name, spelling or id."""
    found: list[str] = []
    for said in entry.topics("topics"):
        names = [key for key, term in vocabulary.topics.items() if said.casefold() in (key, term.name.casefold())]
        names = names or list(vocabulary.tag(said, frozenset()).topics)
        if not names:
            entry.wrong["topics"] = f"“{said}” is no topic of the vocabulary. Write one like Kubernetes or databases."
        found += names
    return list(dict.fromkeys(found))
