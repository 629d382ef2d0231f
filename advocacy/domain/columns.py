"""What a person's table may tell, and how they say which of its columns is what."""

FIELDS = (
    *("date", "kind", "platform", "title", "link", "text", "channel", "role", "replies", "participants"),
    *("accepted", "rank", "language", "id"),
)
METRICS = ("views", "impressions", "likes", "score", "reposts", "shares", "clicks", "attendees")
MOST = 50


class BadColumns(ValueError):
    """The words map no column to a field; they say how to."""


def pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Read `Held on=date` lines as (heading, field); raise BadColumns for what is none."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise BadColumns(f"so many columns are not mapped: {MOST} are the most")
    return tuple(map(pair, lines))


def pair(line: str) -> tuple[str, str]:
    """Read one."""
    heading, _, field = (part.strip() for part in line.rpartition("="))
    if not heading or field not in FIELDS + METRICS:
        raise BadColumns(f"{line[:80]!r}: write COLUMN=FIELD; the fields are {', '.join(sorted(FIELDS + METRICS))}")
    return heading[:200], field
