"""Which archives can be read: a new one is one line here, and its words in advocacy/domain/archive_kinds.py."""

from collections.abc import Mapping

from ingest.archive import Archive
from ingest.archives import csv_table, ics, json_lines, linkedin_export, pretalx, reddit_export, sessionize, x_archive

READERS: tuple[Archive, ...] = (
    *(x_archive, reddit_export, linkedin_export),
    *(csv_table, json_lines),
    *(ics, sessionize, pretalx),
)
BY_KIND: Mapping[str, Archive] = {reader.kind: reader for reader in READERS}
