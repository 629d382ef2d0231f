"""Every file of the public directory: a speakers file, a page and a portrait for each speaker, and the list of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template

from advocacy import profile_file
from advocacy.domain import bios
from advocacy.domain.profile import PastTalk, Told
from advocacy.domain.speakers.write import write
from advocacy.models import past_talks, portraits, publishing, roster
from advocacy.models.audience import Audience
from advocacy.models.publishing import Speaker


@dataclass(frozen=True, slots=True)
class Sheet:
    """A speaker with the name of their files, and the talks that are told or released."""

    name: str
    one: Speaker
    talks: tuple[PastTalk, ...]

    @property
    def portrait(self) -> str:
        """The name of the picture, nothing where there is none."""
        return f"{self.name}.jpg" if self.one.portrait else ""


def files() -> dict[str, bytes]:
    """The files by name: only what their people approved, and show to everybody."""
    found = sheets(publishing.speakers(Audience.EVERYBODY), Audience.EVERYBODY)
    faces = portraits.pictures([sheet.one.id for sheet in found if sheet.one.portrait])
    made = {"index.html": _page("index", sheets=found), "style.css": _page("style", "css")}
    for sheet in found:
        base = f"speakers/{sheet.name}"
        made[f"{base}.md"] = markdown(sheet).encode()
        made[f"{base}.html"] = _page("speaker", sheet=sheet, told=sheet.one.told, texts=bios.texts(sheet.one.told))
        if sheet.portrait:
            made[f"{base}.jpg"] = faces[sheet.one.id][1]
    return dict(sorted(made.items()))


def sheets(found: Sequence[Speaker], audience: Audience) -> list[Sheet]:
    """The speakers with the names of their files, each its own, and with their talks."""
    people = {person.id: person for person in roster.people([one.id for one in found])}
    names = {number: profile_file.name_of(person) for number, person in people.items()}
    taken = Counter(names.values())
    return [
        Sheet(names[one.id] if taken[names[one.id]] == 1 else f"{names[one.id]}-{one.id}", one, talks(one, audience))
        for one in found
    ]


def talks(one: Speaker, audience: Audience) -> tuple[PastTalk, ...]:
    """The talks that were written down and approved, and those of the timeline that are released."""
    shown = "talks" in one.blocks
    return past_talks.together(one.told, past_talks.given(one.id, audience)) if shown else one.told.talks


def markdown(sheet: Sheet) -> str:
    """The speakers file; who told only a short text has it there as the bio."""
    told: Told = sheet.one.told
    return write(replace(told, bio=told.bio or told.short_bio, talks=sheet.talks))


def _page(name: str, kind: str = "html", **told: object) -> bytes:
    return f"{render_template(f'speaker_pages/{name}.{kind}', **told).strip()}\n".encode()
