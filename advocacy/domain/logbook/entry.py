"""One entry as it stands: what was said and what a page told, and the activity that rules judge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from advocacy.domain.activity import NO_THREAD, Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.places import channel_of, kind_of, place_of, platform_of
from advocacy.domain.logbook.shapes import SHAPES

Says = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody logged; `said` are their own words by field, `told` what the page behind the link says.

    Their word goes before what was told, whatever comes when.
    """

    kind: LogKind
    day: date
    said: Says
    told: Says = field(default_factory=dict)

    @property
    def says(self) -> dict[str, str]:
        """What it says now, by field of its kind."""
        both = {**self.told, **{name: value for name, value in self.said.items() if value}}
        return {one.name: both[one.name] for one in SHAPES[self.kind].fields if both.get(one.name)}


def activity_of(entry: Entry, ref: str, at: datetime) -> Activity:
    """The activity that an entry is: what was asked for in fields, in the words that rules understand."""
    says = entry.says
    kind, title, text = _WORDS[entry.kind](says)
    platform, channel = _where(entry.kind, says)
    return Activity(
        ref=ref,
        kind=kind,
        platform=platform,
        at=at,
        title=title,
        text=text,
        channel=channel,
        url=says.get("url", ""),
        thread=_thread(says),
    )


def _where(kind: LogKind, says: Says) -> tuple[Platform, str]:
    url, place = says.get("url", ""), says.get("place", "")
    if kind is LogKind.POST:
        named = says.get("platform") or (place_of(url) if url else "elsewhere")
        return platform_of(named), place or channel_of(url, named)
    if kind is LogKind.TALLY:
        return (Platform.SLACK if place.startswith("#") or "slack" in place.lower() else Platform.MANUAL), place
    if kind is LogKind.AREA:
        return (Platform.GITHUB if place_of(url) == "github" else Platform.MANUAL), says.get("project", "")
    return Platform.MANUAL, ""


def _thread(says: Says) -> Thread:
    role, others = says.get("role", ""), says.get("others", "")
    if not role and not others:
        return NO_THREAD
    return Thread(role=ThreadRole(role) if role else ThreadRole.UNKNOWN, replies=int(others) if others else None)


_Told = tuple[Kind, str, str]


def _post(says: Says) -> _Told:
    url = says.get("url", "")
    kind = Kind(says["what"]) if "what" in says else kind_of(url, says.get("platform", ""))
    return kind, says.get("title", ""), says.get("text", "")


def _tally(says: Says) -> _Told:
    count = int(says.get("count") or 1)
    about = says.get("about", "").strip()
    helped = f"Answered {count} {'question' if count == 1 else 'questions'} in {says['place']}"
    return Kind.NOTE, helped, f"Helped others: {helped[0].lower()}{helped[1:]}{f', about {about}' if about else ''}."


def _trend(says: Says) -> _Told:
    text = f"Trend note. Compared: {says['topic']}. Conclusion: {says['conclusion']}"
    return Kind.NOTE, f"Trend note: {says['topic']}", _more(text, says.get("text", ""))


def _learning(says: Says) -> _Told:
    how = says.get("how", "")
    text = f"I learned about {says['topic']}{f', by: {how}' if how else ''}."
    return Kind.LEARNING, says["topic"], _more(text, says.get("text", ""))


def _need(says: Says) -> _Told:
    who, backlog, state = says["persona"], says.get("backlog", ""), says.get("state", "")
    filed = f"Backlog: {backlog}{f' ({state})' if state else ''}." if backlog else ""
    return Kind.NEED, f"Need of the {who}: {says['need']}"[:300], _more(f"Need of the {who}: {says['need']}", filed)


def _decision(says: Says) -> _Told:
    title = f"{says['verdict'].capitalize()} {says['topic']}"
    return Kind.DECISION, title, f"Decision: {says['verdict']} {says['topic']}. Reason: {says['reason']}"


_ACTS: Mapping[str, tuple[Kind, str, str]] = {
    "reviewed": (Kind.REVIEW, "Reviewed a draft", "Reviewed a draft of a blog post"),
    "paired": (Kind.NOTE, "Paired on a blog post", "Paired on a blog post: helped write it"),
    "time": (Kind.NOTE, "Gave time to write", "Gave a colleague time to write, a writing hour"),
    "edited": (Kind.REVIEW, "Edited a draft", "Edited the draft of a blog post as a ghost editor"),
    "together": (Kind.NOTE, "Wrote a post together", "Co-authored a blog post"),
    "session": (Kind.NOTE, "Held a writing session", "Held a writing session"),
}


def _writing(says: Says) -> _Told:
    kind, short, long = _ACTS[says["act"]]
    who, title = says.get("who", ""), says.get("title", "")
    rest = f"{f' with {who}' if who else ''}{f': {title}' if title else ''}"
    return kind, f"{short}{rest}", _more(f"{long}{rest}.", says.get("text", ""))


def _area(says: Says) -> _Told:
    part, project = says["part"], says["project"]
    if part == "participant":
        return (
            Kind.NOTE,
            f"Contributed to {project}",
            _more(f"Contributed upstream to {project}.", says.get("text", "")),
        )
    title = f"{part.capitalize()} of {project}" if part != "lead" else f"Area lead in {project}"
    role = "area lead" if part == "lead" else part
    return Kind.NOTE, title, _more(f"Role: {role} of {project}, open source.", says.get("text", ""))


def _support(says: Says) -> _Told:
    count = int(says["count"])
    text = f"Training on {says['topic']} with the support team. Attended by {count} of support."
    if not count:
        text = f"Training on {says['topic']} for the support team; nobody attended."
    return Kind.TRAINING_GIVEN, f"Training with support: {says['topic']}", _more(text, says.get("text", ""))


def _feedback(says: Says) -> _Told:
    told = [f"Feedback on the session {says['topic']}."]
    if score := says.get("score"):
        told.append(f"Rating {score} out of 5.")
    if count := says.get("count"):
        asked = int(says.get("asked") or 0)
        share = f" of {asked} asked, a response rate of {min(100, round(100 * int(count) / asked))}%" if asked else ""
        told.append(f"{count} responses{share}.")
    if action := says.get("action"):
        told.append(f"Action taken: {action}")
    return Kind.NOTE, f"Feedback on {says['topic']}", " ".join(told)


def _request(says: Says) -> _Told:
    return Kind.NOTE, f"Training request: {says['topic']}", f"Training request: {says['topic']}. {says['text']}"


def _other(says: Says) -> _Told:
    return Kind.NOTE, says["title"], says.get("text", "")


def _more(text: str, more: str) -> str:
    return f"{text}\n\n{more}" if more else text


_WORDS: Mapping[LogKind, Callable[[Says], _Told]] = {
    LogKind.POST: _post,
    LogKind.TALLY: _tally,
    LogKind.TREND: _trend,
    LogKind.LEARNING: _learning,
    LogKind.NEED: _need,
    LogKind.DECISION: _decision,
    LogKind.WRITING: _writing,
    LogKind.AREA: _area,
    LogKind.SUPPORT: _support,
    LogKind.FEEDBACK: _feedback,
    LogKind.REQUEST: _request,
    LogKind.OTHER: _other,
}
