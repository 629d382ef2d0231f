"""What classes, attendance, plans and requests say on the timeline, in plain words that rules and people understand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.feedback import Figures
from advocacy.domain.noon import noon
from advocacy.domain.training import Origin

ORIGINS = {
    Origin.RCA: "It came up in an incident review (RCA)",
    Origin.SUPPORT: "It came up in a support question",
    Origin.ROADMAP: "The roadmap needs it",
    Origin.CURIOSITY: "Somebody is curious",
    Origin.OTHER: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A class as its trainer tells it, or as somebody who was there does."""

    id: int
    title: str
    day: date
    zone: str
    about: str = ""
    place: str = ""
    materials: str = ""
    minutes: int | None = None
    trainers: tuple[str, ...] = ()
    attended: int = 0
    external: bool = False
    with_support: bool = False


def given(one: Held) -> Activity:
    """That somebody gave it, to their own team unless they say otherwise."""
    people = f"{one.attended} attended." if one.attended else ""
    lines = [one.about, _whom(one), _long(one), people, _by(one.trainers, "Trainers"), _materials(one)]
    return _made(f"class:{one.id}", Kind.TRAINING_GIVEN, one, lines)


def attended(one: Held, person_id: int) -> Activity:
    """That somebody was there; who gave it, and whether it was one of the company's own."""
    kind = "External course" if one.external else "Internal session"
    by = f"{kind} by {', '.join(one.trainers)}." if one.trainers else f"{kind}."
    lines = [by, one.about, _whom(one), _long(one), _materials(one)]
    return _made(f"attended:{one.id}:{person_id}", Kind.TRAINING_ATTENDED, one, lines)


def planned(one: Held, on: date | None) -> Activity:
    """That a class was planned, on the day that the plan was made; `on` is when it will be."""
    when = f"Training planned for {on.isoformat()}." if on else "Training planned, its day is still open."
    return _made(f"planned:{one.id}", Kind.NOTE, one, [when, one.about, _whom(one), _materials(one)])


def feedback(one: Held, figures: Figures, day: date) -> Activity:
    """What attendees said of it, as figures, and what was done about it."""
    action = f"Action taken: {figures.action}" if figures.action else ""
    return Activity(
        ref=f"feedback:{one.id}",
        kind=Kind.NOTE,
        platform=Platform.MANUAL,
        at=noon(day, one.zone),
        title=f"Feedback on {one.title}",
        text=_paragraphs([f"Feedback on the training {one.title}: {figures.words()}.", action]),
    )


def request(number: int, what: str, about: str, origin: Origin, link: str, day: date, zone: str) -> Activity:
    """That somebody asked for a training, and where the need shows."""
    source = f"{ORIGINS[origin]}{': ' if ORIGINS[origin] and link else ''}{link}"
    return Activity(
        ref=f"request:{number}",
        kind=Kind.NEED,
        platform=Platform.MANUAL,
        at=noon(day, zone),
        title=what,
        text=_paragraphs([f"Training needed: {what}.", about, f"{source}." if source and not link else source]),
    )


def _made(ref: str, kind: Kind, one: Held, lines: Iterable[str]) -> Activity:
    return Activity(
        ref=ref,
        kind=kind,
        platform=Platform.MANUAL,
        at=noon(one.day, one.zone),
        channel=one.place,
        title=one.title,
        text=_paragraphs(lines),
    )


def _whom(one: Held) -> str:
    return "Held with the support team." if one.with_support else ""


def _long(one: Held) -> str:
    return f"{one.minutes} minutes." if one.minutes else ""


def _by(names: Iterable[str], what: str) -> str:
    told = ", ".join(names)
    return f"{what}: {told}." if told else ""


def _materials(one: Held) -> str:
    return f"Materials: {one.materials}" if one.materials else ""


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
