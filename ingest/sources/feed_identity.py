"""Which entry is which: refs that survive missing, doubled and rewritten ids."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocacy.domain.links import link_key, site_of
from ingest.sources.feed_document import Entry

_GLOBAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HTTP = re.compile(r"https?:(?=//)", re.IGNORECASE)
_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of an earlier window: its ref, marks of its link, title and day ('-' without), when first seen."""

    ref: str
    link: str = "-"
    first_seen: str = ""  #: only of an undated one
    title: str = "-"
    day: str = "-"


def known_of(ref: str, entry: Entry, first_seen: str) -> Known:
    """What is to be remembered of an entry."""
    return Known(ref, link_hash(entry.link), first_seen, _title(entry), _day(entry))


def known_from(lines: Sequence[str]) -> dict[str, Known]:
    """Read what `lines_of` wrote, by ref; earlier versions wrote neither title nor day."""
    rows = (line.split(" ") for line in lines)
    return {row[0]: Known(*row[:5]) for row in rows if row[0]}


def lines_of(window: Sequence[Known], before: Mapping[str, Known]) -> list[str]:
    """Write this window, and behind it as much again of what was known before."""
    room = min(_LIMIT, max(50, 2 * len(window)))
    rows = {row.ref: row for row in window}
    rows |= {ref: row for ref, row in before.items() if ref not in rows}
    return [f"{r.ref} {r.link} {r.first_seen} {r.title} {r.day}" for r in list(rows.values())[:room]]


def once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries without those that stand there again: the first, which is the newest, is the one that holds."""
    found: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        link = link_key(entry.link) if link_hash(entry.link) != "-" else ""
        found.setdefault((entry.guid, link, "" if entry.guid and link else _title_and_date(entry)), entry)
    return tuple(found.values())


def refs_of(entries: Sequence[Entry], host: str, before: Mapping[str, Known]) -> list[str]:
    """Give each entry its ref; `host` tells the ids "1", "2" of one blog from another's.

    An entry with a new id whose link is known keeps its old ref: migrated ids must not flood. A link that two
    entries share, or the blog's own front page, identifies nothing. A known id whose link, title and day are all
    other ones was given away again, and is no edit.
    """
    links = [link_hash(entry.link) for entry in entries]
    usable = {link for link, count in Counter(links).items() if count == 1} - {"-"}
    by_link = {row.link: ref for ref, row in before.items() if row.link in usable}
    plain = [_plain(entry, host, before) for entry in entries]
    here = set(plain)
    refs: dict[int, str] = {}
    for position, (ref, link) in enumerate(zip(plain, links, strict=True)):
        old = by_link.get(link)
        if old and ref not in before and old not in here:
            refs[position] = old
        elif old == ref:
            refs[position] = ref  # of two with one id, the one whose link we know stays what it was
    taken: set[str] = set()
    for position in list(refs):
        if refs[position] in taken:
            del refs[position]
        else:
            taken.add(refs[position])
    for position, entry in enumerate(entries):
        if position not in refs:
            refs[position] = _free(plain[position], entry, host, taken)
            taken.add(refs[position])
    return [refs[position] for position in range(len(entries))]


def link_hash(link: str) -> str:
    """Give a short mark of where a link leads, '-' when it leads to no page of its own."""
    key = link_key(link)
    return hashlib.sha256(key.encode()).hexdigest()[:16] if "/" in key or "?" in key else "-"


def _plain(entry: Entry, host: str, before: Mapping[str, Known]) -> str:
    """The ref by the entry's key; by its link too when the key was another entry's before."""
    ref, longer = _digest(_key(entry, host)), _digest(_longer(entry, host))
    return longer if longer in before or (ref in before and _is_another(before[ref], entry)) else ref


def _is_another(known: Known, entry: Entry) -> bool:
    """Whether nothing of an entry is as it was; what was not told, or not remembered, is no difference."""
    now = known_of(known.ref, entry, "")
    pairs = ((known.link, now.link), (known.title, now.title), (known.day, now.day))
    return all(old != new and "-" not in (old, new) for old, new in pairs)


def _free(ref: str, entry: Entry, host: str, taken: set[str]) -> str:
    """The first of several entries with one id has the plain key, later ones add their link, then all they have."""
    if ref not in taken:
        return ref
    longer = _longer(entry, host)
    with_link = _digest(longer)
    return with_link if with_link not in taken else _digest(f"{longer} {_title_and_date(entry)} {len(taken)}")


def _longer(entry: Entry, host: str) -> str:
    return f"{_key(entry, host)} {link_key(entry.link)}"


def _key(entry: Entry, host: str) -> str:
    if entry.guid:
        return _HTTP.sub("", entry.guid) if _GLOBAL.match(entry.guid) else f"{host} {entry.guid}"
    return link_key(entry.link) or f"{host} {_title_and_date(entry)}"


def _title(entry: Entry) -> str:
    return _digest(entry.title)[:8] if entry.title else "-"


def _day(entry: Entry) -> str:
    told = entry.published or entry.updated
    return told.strftime("%Y%m%d") if told else "-"


def _title_and_date(entry: Entry) -> str:
    return f"{entry.title or entry.text} {entry.published or entry.updated or ''}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]


def host_of(*addresses: str) -> str:
    """Give the site's host from the first address that has one."""
    return next(filter(None, map(site_of, addresses)), "")
