"""A second reader of iCalendar, written from RFC 5545 alone: strict, and knowing nothing of the library that wrote."""

import re
from collections.abc import Iterator

LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)", re.DOTALL)
ESCAPE = re.compile(r"\\([\\;,nN])")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME"}


def events_of(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar, each property by its name; fails on anything the standard does not allow."""
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for name, value in _lines(data):
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack == ["VCALENDAR", "VEVENT"]:
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = value
    assert stack == []
    assert all({"UID", "DTSTAMP", "DTSTART"} <= one.keys() for one in found)
    return found


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "a line is longer than 75 bytes"
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    for line in data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n"):
        parts = LINE.fullmatch(line)
        assert parts, f"{line!r} is no content line"
        name, value = parts["name"], parts["value"]
        yield name, ESCAPE.sub(_said, value) if name in TEXTS else value


def _said(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]
