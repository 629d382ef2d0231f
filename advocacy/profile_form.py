"""A profile as its form says it: what can be kept, and in words what cannot."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from advocacy.domain.profile import BLOCKS, FORMATS, TRAVELS, Link, PastTalk, Told, link_of, listed, talk_of
from advocacy.models.words import Visibility

_HANDLE = re.compile(r"@[\w.@-]{1,80}")
LINES = {"name": 120, "headline": 160, "company": 120, "title": 120, "residence": 120, "location": 120}
LINES |= {"availability": 300, "topics": 1000, "languages": 300}
TEXTS = {"short_bio": 600, "bio": 6000, "links": 4000, "talks": 20_000}
FORMS = {f"format_{word.replace(' ', '_')}": word for word in FORMATS}
"""The boxes of the form for the forms in which somebody speaks."""
NAMES = {"name": "The name", "short_bio": "The short text", "bio": "The long text", "talks": "The list of talks"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form says, and what is wrong with it."""

    told: Told
    seen_by: Mapping[str, Visibility]
    listed: bool
    problems: tuple[str, ...]


def blank(told: Told) -> dict[str, str]:
    """The form filled in with what is told."""
    lines = {name: getattr(told, name) for name in (*LINES, "short_bio", "bio") if isinstance(getattr(told, name), str)}
    return {
        **lines,
        "topics": ", ".join(told.topics),
        "languages": ", ".join(told.languages),
        "links": "\n".join(f"{one.label}: {one}" for one in told.links),
        "talks": "\n".join(map(str, told.talks)),
        "speaks": "yes" if told.speaks else "",
        "teaches": "yes" if told.teaches else "",
        "travels": told.travels,
        **{box: "yes" for box, word in FORMS.items() if word in told.formats},
    }


def filled(form: Mapping[str, str], other: tuple[str, ...]) -> Filled:
    """Read the form; `other` is what a file told that the form does not show."""
    said = {name: " ".join(form.get(name, "").split()) for name in LINES}
    texts = {name: form.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    links, talks = tuple(_links(texts["links"])), tuple(_talks(texts["talks"]))
    told = Told(
        **{name: said[name] for name in LINES if name not in ("topics", "languages")},
        topics=listed(said["topics"]),
        languages=listed(said["languages"]),
        short_bio=texts["short_bio"],
        bio=texts["bio"],
        links=links,
        talks=talks,
        speaks=bool(form.get("speaks")),
        teaches=bool(form.get("teaches")),
        formats=tuple(word for box, word in FORMS.items() if form.get(box)),
        travels=form.get("travels", "") if form.get("travels") in TRAVELS else "",
        other=other,
    )
    problems = [*_too_long(said | texts), *_wrong(links, talks)]
    if not told.name:
        problems.append("A speaker needs a name.")
    seen_by = {block: _visibility(form.get(f"seen_{block}", "")) for block in BLOCKS}
    return Filled(told, seen_by, bool(form.get("listed")), tuple(problems))


def _visibility(words: str) -> Visibility:
    """What is no word of ours shows nothing to anybody."""
    return Visibility(words) if words in [*Visibility] else Visibility.PRIVATE


def _links(text: str) -> Iterator[Link]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        label, colon, words = line.partition(":")
        yield link_of(label, words) if colon and not words.startswith("//") else link_of("Web", line)


def _talks(text: str) -> Iterator[PastTalk]:
    yield from map(talk_of, filter(None, (line.strip().removeprefix("- ").strip() for line in text.split("\n"))))


def _too_long(said: Mapping[str, str]) -> Iterator[str]:
    for name, most in {**LINES, **TEXTS}.items():
        if len(said[name]) > most:
            called = NAMES.get(name, name.capitalize())
            yield f"{called} is too long: at most {most} characters, these are {len(said[name])}."


def _wrong(links: tuple[Link, ...], talks: tuple[PastTalk, ...]) -> Iterator[str]:
    for number, one in enumerate(links, 1):
        if not one.label or not (one.url or _HANDLE.fullmatch(one.text)):
            yield f"Link {number} says no address: write it as “Github: https://github.com/asha” or “Twitter: @asha”."
        elif one.url and not is_web(one.url):
            yield f"Link {number} ({one.label}) is no web address: one begins with https:// or http://."
    labels = [one.label.lower() for one in links]
    for label in sorted({one for one in labels if labels.count(one) > 1}):
        yield f"Two links are called “{label}”: give each a name of its own."
    for number, talk in enumerate(talks, 1):
        if talk.url and not is_web(talk.url):
            yield f"Talk {number} ({talk.title}) has no web address: one begins with https:// or http://."


def is_web(url: str) -> bool:
    """Whether a browser may follow the address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
