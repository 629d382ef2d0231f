"""A speakers file written: of the file as it was read every line stays that still says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from advocacy.domain.profile import Told, listed, talk_of
from advocacy.domain.speakers.read import is_link, read
from advocacy.domain.speakers.shape import CHOSEN, FIELD, FIELDS, KNOWN, Shape, bullet, shape

_NEW = "# {name}\n\n\n## Bio\n\n\n## Previous Talks\n\n"


def write(told: Told, base: str = "") -> str:
    """The file of what is told; `base` is the file as it was read, and what we do not know of it stays."""
    base = base or _NEW.format(name=told.name)
    before, lines = read(base), base.split("\n")
    found, page = shape(lines), _Page(lines)
    if told.name != before.name:
        page.put(found.name, [f"# {told.name}"])
    _fields(page, found, told, before)
    if told.bio != before.bio:
        page.section("Bio", found.bio, [_plain(line) for line in told.bio.split("\n")] if told.bio else [])
    if told.talks != before.talks:
        _talks(page, found, told)
    return page.text()


def _plain(line: str) -> str:
    """A line that would be a heading stays a line."""
    return f"\\{line}" if line.startswith("#") else line


@dataclass
class _Page:
    """Lines with what is to stand in the place of some of them, and behind all of them."""

    lines: Sequence[str]
    edits: dict[int, list[str]] = field(default_factory=dict)
    behind: list[str] = field(default_factory=list)

    def put(self, number: int, lines: list[str]) -> None:
        """Let these lines stand in the place of one."""
        self.edits[number] = lines

    def add(self, number: int, lines: list[str]) -> None:
        """Let these lines follow one."""
        self.edits[number] = [*self.edits.get(number, [self.lines[number]]), *lines]

    def section(self, title: str, body: range | None, lines: list[str]) -> None:
        """Let a section say this; one that is not there comes last."""
        if body is None:
            self.behind += [f"## {title}", "", *lines, ""]
            return
        for number in body:
            self.put(number, [])
        self.add(body.start - 1, ["", *lines, ""] if lines else [""])

    def text(self) -> str:
        """All of it."""
        written = [one for number, line in enumerate(self.lines) for one in self.edits.get(number, [line])]
        return "\n".join([*written, *self.behind])


def _fields(page: _Page, found: Shape, told: Told, before: Told) -> None:
    """Change the lines of fields that say something else now, and put those that are not there behind the last."""
    links, there = {one.label.lower(): one for one in told.links}, set()
    old = {one.label.lower(): one for one in before.links}
    for number, (label, value) in found.fields.items():
        key = label.lower()
        there.add(key)
        if key in KNOWN:
            if (words := _words(told, KNOWN[key])) != _words(before, KNOWN[key]):
                page.put(number, _said(page.lines[number], words))
        elif is_link(value):
            if links.get(key) != old[key]:
                page.put(number, _said(page.lines[number], str(links.get(key, ""))))
        elif f"{label}: {value}" not in told.other:
            page.put(number, [])
    new = [f"- {label}: {_words(told, name)}" for label, name in FIELDS.items() if label.lower() not in there]
    added = [line for line in new if not line.endswith(": ")]
    added += [f"- {one.label}: {one}" for key, one in links.items() if key not in there]
    added += [f"- {one}" for one in told.other if _label(one) not in there and _label(one) not in KNOWN]
    page.add(max(found.fields, default=found.name + 1 if len(page.lines) > found.name + 1 else found.name), added)


def _words(told: Told, name: str) -> str:
    """A field as the file says it; the list of topics ends in a full stop there."""
    value = getattr(told, name)
    if name == "topics" and value:
        return f"{', '.join(value)}."
    if name in CHOSEN:
        return _chosen(told, name)
    return value if isinstance(value, str) else ", ".join(value)


def _chosen(told: Told, name: str) -> str:
    """The words of ours that are told, and those of a file that are not ours."""
    value = getattr(told, name)
    ours = [CHOSEN[name][one] for one in ([value] if isinstance(value, str) else value) if one]
    others = [one.partition(":")[2] for one in told.other if KNOWN.get(_label(one)) == name]
    return ", ".join(dict.fromkeys([*ours, *(word for one in others for word in listed(one))]))


def _label(other: str) -> str:
    return other.partition(":")[0].strip().lower()


def _said(line: str, words: str) -> list[str]:
    """The line of a field with other words; no line when there are none."""
    found = FIELD.fullmatch(line)
    if not words or found is None:
        return []
    return [f"{line[: found.start('value')]}{'' if found['gap'] else ' '}{words}{found['end']}"]


def _talks(page: _Page, found: Shape, told: Told) -> None:
    """Keep the lines of talks that are still told, and put the others behind them."""
    left, last = list(told.talks), None
    for number in found.talks or ():
        words = bullet(page.lines[number])
        if words and (talk := talk_of(words)) in left:
            left.remove(talk)
            last = number
        elif words:
            page.put(number, [])
    added = [f"- {talk}" for talk in left]
    if last is not None:
        page.add(last, added)
    elif added:
        page.section("Previous Talks", found.talks, added)
