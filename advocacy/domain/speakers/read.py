"""A speakers file read."""

import re
from typing import Any

from advocacy.domain.profile import Told, link_of, listed, talk_of
from advocacy.domain.speakers.shape import CHOSEN, KNOWN, LISTS, bullet, shape

_LINK = re.compile(r"@\w{1,40}|https?://\S+|\[[^\]]*\]\(https?://\S*\)", re.IGNORECASE)


def read(text: str) -> Told:
    """What a file tells; raise NotASpeaker when it has no heading with a name."""
    lines = text.split("\n")
    found = shape(lines)
    told: dict[str, Any] = {"name": lines[found.name][1:].strip(), "links": (), "other": ()}
    for label, value in found.fields.values():
        name = KNOWN.get(label.lower())
        if name in CHOSEN:
            ours, others = chosen(name, value)
            told[name] = ours if name == "formats" else "".join(ours)
            told["other"] += (f"{label}: {', '.join(others)}",) if others else ()
        elif name is not None:
            told[name] = listed(value.removesuffix(".")) if name in LISTS else value
        elif is_link(value):
            told["links"] += (link_of(label, value),)
        else:
            told["other"] += (f"{label}: {value}",)
    body = [lines[number].rstrip("\r") for number in found.bio or ()]
    body = [line[1:] if line.startswith("\\#") else line for line in body]
    told["bio"] = "\n".join(body).strip()
    told["talks"] = tuple(talk_of(words) for n in found.talks or () if (words := bullet(lines[n])))
    return Told(**told)


def chosen(name: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of a field are words of ours, as they are told, and what are not; of a journey only the first is."""
    ours = {words.lower(): key for key, words in CHOSEN[name].items()}
    words = listed(value.removesuffix("."))
    told = tuple(dict.fromkeys(ours[one.lower()] for one in words if one.lower() in ours))
    told = told if name == "formats" else told[:1]
    return told, tuple(one for one in words if ours.get(one.lower()) not in told)


def is_link(value: str) -> bool:
    """Whether a field says where somebody is found: an address, a link, or a bare @name."""
    return _LINK.fullmatch(value) is not None
