"""A profile as `speakers/<name>.md`, for one audience; and such a file taken into a profile."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from advocacy.domain.profile import Told
from advocacy.domain.speakers.read import read
from advocacy.domain.speakers.shape import NotASpeaker
from advocacy.domain.speakers.write import write
from advocacy.models import past_talks, profile
from advocacy.models.audience import SEES, Audience
from advocacy.models.people import Person
from advocacy.profile_form import is_web

KEPT = ("headline", "languages", "availability", "formats", "travels")  #: stays where a file does not tell it
LONGEST = 60_000  #: characters of a file


def out(person: Person, audience: Audience = Audience.OWNER, *, found: bool = False) -> str:
    """The file; for its owner with everything the file once read had, for others the blocks that they may see.

    `found` puts the talks of the timeline beside those that were written down.
    """
    shown = profile.of(person, audience)
    told = shown.told
    if found and (audience is Audience.OWNER or shown.seen_by["talks"] in SEES[audience]):
        told = replace(told, talks=past_talks.together(told, past_talks.given(person.id, audience)))
    return write(told, shown.file)


def take_in(person: Person, text: str, now: datetime) -> None:
    """Let a file be the profile; who sees each block stays. Raise NotASpeaker for what is no such file.

    What a file does not have (headline, short text, willingness) stays as it was.
    """
    told, now_told = told_of(text), profile.of(person).told
    kept = {name: getattr(now_told, name) for name in ("short_bio", "speaks", "teaches")}
    kept |= {name: getattr(told, name) or getattr(now_told, name) for name in KEPT}
    profile.save(person, replace(told, **kept), now, file=text)


def told_of(text: str) -> Told:
    """What a file tells that can be a profile; raise NotASpeaker."""
    if len(text) > LONGEST:
        raise NotASpeaker(f"it is too long for a profile: at most {LONGEST} characters")
    if "\x00" in text:
        raise NotASpeaker("it holds a NUL character, which no text does")
    told = read(text)
    for url in (*(link.url for link in told.links), *(talk.url for talk in told.talks)):
        if url and not is_web(url):
            raise NotASpeaker(f"“{url[:80]}” in it is no web address: one begins with https:// or http://")
    return told


def name_of(person: Person) -> str:
    """What the file is called: `amit-das`."""
    plain = unicodedata.normalize("NFKD", person.name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"speaker-{person.id}"
