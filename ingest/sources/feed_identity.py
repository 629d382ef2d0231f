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
    """An entry of an earlier window: its ref, its link's hash ('-' without), when first seen if undated."""

    ref: str
    link: str = "-"
    first_seen: str = ""


def known_from(lines: Sequence[str]) -> dict[str, Known]:
    """Read what `lines_of` wrote, by ref."""
    rows = (line.split(" ") for line in lines)
    return {row[0]: Known(*row[:3]) for row in rows if row[0]}


def lines_of(window: Sequence[Known], before: Mapping[str, Known]) -> list[str]:
    """Write this window, and behind it as much again of what was known before."""
    room = min(_LIMIT, max(50, 2 * len(window)))
    rows = {row.ref: row for row in window}
    rows |= {ref: row for ref, row in before.items() if ref not in rows}
    return [f"{row.ref} {row.link} {row.first_seen}".rstrip() for row in list(rows.values())[:room]]


def refs_of(entries: Sequence[Entry], host: str, before: Mapping[str, Known]) -> list[str]:
    """Give each entry its ref; `host` tells the ids "1", "2" of one blog from another's.

    An entry with a new id whose link is known keeps its old ref: migrated ids must not flood. A link that two
    entries share, or the blog's own front page, identifies nothing.
    """
    links = [link_hash(entry.link) for entry in entries]
    usable = {link for link, count in Counter(links).items() if count == 1} - {"-"}
    by_link = {row.link: ref for ref, row in before.items() if row.link in usable}
    plain = [_digest(_key(entry, host)) for entry in entries]
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


def _free(ref: str, entry: Entry, host: str, taken: set[str]) -> str:
    """The first of several entries with one id has the plain key, later ones add their link, then all they have."""
    if ref not in taken:
        return ref
    longer = f"{_key(entry, host)} {link_key(entry.link)}"
    with_link = _digest(longer)
    return with_link if with_link not in taken else _digest(f"{longer} {_title_and_date(entry)} {len(taken)}")


def _key(entry: Entry, host: str) -> str:
    if entry.guid:
        return _HTTP.sub("", entry.guid) if _GLOBAL.match(entry.guid) else f"{host} {entry.guid}"
    return link_key(entry.link) or f"{host} {_title_and_date(entry)}"


def _title_and_date(entry: Entry) -> str:
    return f"{entry.title or entry.text} {entry.published or entry.updated or ''}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]


def host_of(*addresses: str) -> str:
    """Give the site's host from the first address that has one."""
    return next(filter(None, map(site_of, addresses)), "")
