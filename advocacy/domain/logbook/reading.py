"""What a line that somebody typed or pasted is taken for: a proposal, which the person may change."""

import re
from dataclasses import dataclass, field
from datetime import date

from advocacy.domain.links import canonical
from advocacy.domain.logbook.cues import ACTS, ELSEWHERE, KINDS
from advocacy.domain.logbook.day_words import day_in
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.places import channel_in, kind_of, place_named, place_of
from advocacy.domain.vocabulary import Vocabulary

LONGEST = 1000  #: characters of the line
_URL = re.compile(r"https?://[^\s<>\"']+|\bwww\.[^\s<>\"']+", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!?)\]]+\Z")
_COUNT = re.compile(
    r"(?<![\w.#-])\+?(\d{1,5}|one|two|three|four|five|six|ten|a dozen) (?:\w+ )?"
    r"(?:answers?|questions?|people|persons?|users?|replies|reply|threads?|attendees|engineers|colleagues|responses)\b",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "a dozen": 12}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line is taken for: a kind, or the name of what has a page elsewhere; what it says by field; the day."""

    kind: LogKind | None
    elsewhere: str = ""
    said: dict[str, str] = field(default_factory=dict)
    day: date | None = None

    @property
    def is_link(self) -> bool:
        """Whether it is a link and nothing else that would have to be asked about."""
        return self.kind is LogKind.POST and "url" in self.said and not self.elsewhere


_REASON = re.compile(r"[,;.:–-]?\s+(?:because|since|as|reason:)\s+", re.IGNORECASE)
_CONCLUSION = re.compile(
    r"(?:[.;:–]\s*|,?\s+)(?:conclusion|verdict|bottom line|so|we (?:chose|picked)|i(?:’|')?d pick)[:,]?\s+",
    re.IGNORECASE,
)


def read(line: str, today: date, vocabulary: Vocabulary) -> Reading:
    """What the line is taken for, of what day (none: it names none); the same line gives the same answer."""
    url, rest = _url_in(line)
    day, rest = day_in(rest, today)
    rest = rest.strip(" \t-–,;:")
    elsewhere = next((name for name, pattern in ELSEWHERE if pattern.search(rest)), "")
    tags = vocabulary.tag(rest)
    kind = _kind(rest, url, bool(tags.personas))
    said = _said(kind or LogKind.OTHER, rest, url)
    if kind is LogKind.NEED:
        said["persona"] = vocabulary.name(tags.personas[0])
    if kind is LogKind.SUPPORT:
        elsewhere = ""
    return Reading(kind, elsewhere, {name: value for name, value in said.items() if value}, day)


def _url_in(line: str) -> tuple[str, str]:
    for found in _URL.finditer(line):
        raw = _TRAILING.sub("", found[0])
        url = raw if raw.lower().startswith("http") else f"https://{raw}"
        if canonical(url):
            return url, " ".join(f"{line[: found.start()]} {line[found.start() + len(raw) :]}".split())
    return "", " ".join(line.split())


def _kind(rest: str, url: str, names_persona: bool) -> LogKind | None:
    if names_persona and re.search(r"\bneeds?\b|\blacks?\b|\bbacklog\b|\bmissing\b", rest, re.IGNORECASE):
        return LogKind.NEED
    for kind, pattern in KINDS:
        if pattern.match(rest) if kind is LogKind.DECISION else pattern.search(rest):
            return kind
    return LogKind.POST if url or (rest and place_named(rest)) else None


def _said(kind: LogKind, rest: str, url: str) -> dict[str, str]:
    """The fields of the kind, as far as the words tell; what they do not tell, the person may."""
    match kind:
        case LogKind.POST:
            return _post(rest, url)
        case LogKind.TALLY:
            return {"count": _number(rest), "place": channel_in(rest) or _after_in(rest), "about": _about(rest)}
        case LogKind.DECISION:
            return {**_decision(rest), "url": url}
        case LogKind.TREND:
            topic, _, conclusion = _split(_CONCLUSION, rest)
            return {"topic": topic, "conclusion": conclusion, "url": url}
        case LogKind.NEED:
            return {"need": rest, "backlog": url}
        case LogKind.WRITING:
            return {"act": next(name for name, pattern in ACTS if pattern.search(rest)), "text": rest, "url": url}
        case LogKind.LEARNING | LogKind.REQUEST:
            return {"topic": rest, "url": url}
        case LogKind.AREA:
            part = re.search(r"reviewer|approver|maintainer|lead", rest, re.IGNORECASE)
            return {"part": part[0].lower() if part else "participant", "text": rest, "url": url}
        case LogKind.SUPPORT:
            return {"topic": rest, "count": _number(rest), "url": url}
        case LogKind.FEEDBACK:
            score = re.search(r"(\d(?:[.,]\d+)?) ?(?:out of|/) ?5", rest)
            return {
                "topic": rest,
                "count": _number(rest),
                "score": score[1].replace(",", ".") if score else "",
                "url": url,
            }
    return {"title": rest[:120], "text": rest if len(rest) > 120 else "", "url": url}


def _post(rest: str, url: str) -> dict[str, str]:
    place = place_of(url) if url else place_named(rest)
    said = {"url": url, "platform": place, "what": kind_of(url, place).value, "place": channel_in(rest)}
    return {**said, "text": rest}


def _decision(rest: str) -> dict[str, str]:
    found = re.search(r"adopt|trial|hold", rest, re.IGNORECASE)
    start = found.end() if found else 0
    body = re.sub(r"\A(?:ed|ing)?\b\s*(?:on\b|off on\b)?\s*", "", rest[start:])
    topic, _, reason = _split(_REASON, body)
    return {"verdict": found[0].lower() if found else "", "topic": topic.strip(), "reason": reason}


def _split(pattern: re.Pattern[str], words: str) -> tuple[str, str, str]:
    found = pattern.search(words)
    return (words[: found.start()], found[0], words[found.end() :]) if found else (words.rstrip("."), "", "")


def _number(rest: str) -> str:
    found = re.search(r"(?<!\w)\+(\d{1,5})(?!\w)", rest) or _COUNT.search(rest)
    return str(_NUMBERS.get(found[1].lower(), found[1])) if found else ""


def _after_in(rest: str) -> str:
    found = re.search(r"\b(?:in|on|at) (?:the )?(.{2,60}?)(?=$| about | with | on |[,.;])", rest)
    return found[1] if found else ""


def _about(rest: str) -> str:
    found = re.search(r"\b(?:about|with|on) (?!the )(.{2,100}?)(?=$| in [#A-Z]|[;.](?:\s|$))", rest)
    return found[1] if found and not found[1].startswith("#") else ""
