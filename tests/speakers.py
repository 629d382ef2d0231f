"""Profiles in the speakers directory, for tests."""

from collections.abc import Mapping
from typing import Any

from advocacy.domain.profile import BLOCKS, Told
from advocacy.models import db, portraits, profile, publishing
from advocacy.models.people import Person
from advocacy.models.words import Visibility
from advocacy.picture import portrait
from tests.conftest import NOW
from tests.pictures import picture

SECRET = "not to be told"  #: stands in everything that is not released


def told_of(person: Person, **more: Any) -> Told:
    """What somebody tells, in every field."""
    nick = person.email.partition("@")[0]
    said: dict[str, Any] = {
        "name": person.name,
        "headline": f"Headline of {nick}",
        "company": "Tern",
        "title": "Engineer",
        "short_bio": f"Short text of {nick}.",
        "bio": f"Long text of {nick}.",
        "topics": ("OpenEBS", f"Topic of {nick}"),
        "languages": ("English",),
        "residence": "Pune, India",
        "formats": ("talk", "workshop"),
        "travels": "continent",
        "speaks": True,
    }
    return Told(**{**said, **more})


def publish(person: Person, seen: Visibility | Mapping[str, Visibility] = Visibility.PUBLIC, **more: Any) -> None:
    """Let somebody be in the directory, with a portrait, all of it for these or block by block."""
    seen_by = dict.fromkeys(BLOCKS, seen) if isinstance(seen, Visibility) else dict(seen)
    if portraits.of(person.id) is None:
        portraits.put(person.id, portrait(picture()), f"Portrait of {person.name}", "Zoë Lens", NOW)
    profile.save(person, told_of(person, **more), NOW, seen_by=seen_by)
    publishing.approve(person, NOW)
    db.session.commit()
