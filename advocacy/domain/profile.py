"""What a person tells of themselves, in blocks that are shown or kept apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

BLOCKS: dict[str, tuple[str, ...]] = {
    "portrait": (),
    "work": ("headline", "company", "title"),
    "bio": ("short_bio", "bio"),
    "topics": ("topics",),
    "languages": ("languages",),
    "place": ("residence", "location"),
    "links": ("links",),
    "availability": ("speaks", "teaches", "availability", "formats", "travels"),
    "talks": ("talks",),
    "other": ("other",),
}
"""Block → what stands in it; each is shown to whom its person chose. The portrait is a picture, kept elsewhere."""

FORMATS = ("talk", "lightning talk", "workshop", "panel", "webinar", "podcast")
"""In which forms somebody may say that they like to speak."""

TRAVELS = {
    "online": "speaks online only",
    "region": "speaks near their residence",
    "country": "travels within their country",
    "continent": "travels within their continent",
    "anywhere": "travels anywhere",
}
"""How far somebody may say that they travel to speak, the nearest first."""

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>\S*?)\)")


@dataclass(frozen=True, slots=True)
class Link:
    """A place where the person is found: `Github`, what is shown, the address (empty for a bare @name)."""

    label: str
    text: str
    url: str = ""

    def __str__(self) -> str:
        """As a speakers file has it."""
        return f"[{self.text}]({self.url})" if self.url else self.text


@dataclass(frozen=True, slots=True)
class PastTalk:
    """A talk that was given: where, what, and its slides or recording."""

    event: str
    title: str
    url: str = ""

    def __str__(self) -> str:
        """As a speakers file has it."""
        what = f"[{self.title}]({self.url})" if self.url else self.title
        return f"{self.event} {what}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a person may tell; `other` are fields of a file that we do not know, as they stand there.

    `location` is where they would speak, `residence` where they live; `formats` are words of FORMATS, `travels` is a
    key of TRAVELS or empty: they did not say.
    """

    name: str = ""
    headline: str = ""
    company: str = ""
    title: str = ""
    short_bio: str = ""
    bio: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    residence: str = ""
    location: str = ""
    links: tuple[Link, ...] = ()
    speaks: bool = False
    teaches: bool = False
    availability: str = ""
    formats: tuple[str, ...] = ()
    travels: str = ""
    talks: tuple[PastTalk, ...] = ()
    other: tuple[str, ...] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """The value as it was stored."""
        known = cls.__dataclass_fields__
        told: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in stored.items() if name in known
        }
        links = tuple(Link(**one) for one in told.pop("links", ()))
        talks = tuple(PastTalk(**one) for one in told.pop("talks", ()))
        return cls(**told, links=links, talks=talks)

    def stored(self) -> dict[str, Any]:
        """The value as JSON keeps it."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    def only(self, blocks: Iterable[str]) -> Self:
        """The same with nothing in it but these blocks and the name."""
        shown = frozenset(blocks)
        hidden = [name for block, names in BLOCKS.items() if block not in shown for name in names]
        empty = type(self)()
        return replace(self, **{name: getattr(empty, name) for name in hidden})

    @property
    def journey(self) -> str:
        """How far they travel, in words; nothing when they did not say."""
        return TRAVELS.get(self.travels, "")

    def filled(self) -> list[str]:
        """The blocks in which something stands."""
        return [block for block, names in BLOCKS.items() if any(getattr(self, name) for name in names)]


def talk_of(line: str) -> PastTalk:
    """A talk as one line says it: `KubeCon EU 2018 [Title](address)`."""
    found = _LINK.search(line)
    if found is None:
        return PastTalk("", line.strip())
    return PastTalk(f"{line[: found.start()]}{line[found.end() :]}".strip(), found["text"], found["url"])


def link_of(label: str, words: str) -> Link:
    """A link as a field says it: `[AmitKumarDas](address)`, an address, or a bare `@name`."""
    words = words.strip()
    found = _LINK.fullmatch(words)
    if found is not None:
        return Link(label.strip(), found["text"], found["url"])
    return Link(label.strip(), words, words if words.lower().startswith(("http://", "https://")) else "")


def listed(words: str) -> tuple[str, ...]:
    """Words between commas or on lines, each once."""
    return tuple(dict.fromkeys(one.strip() for one in re.split(r"[,\n]", words) if one.strip()))
