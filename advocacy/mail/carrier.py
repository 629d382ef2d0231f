"""Who carries a message: a mail server, a folder, or the log; and the three ways in which it may not go."""

import logging
import os
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from advocacy.mail.address import Folder, Server, Way
from advocacy.mail.smtp import Smtp

log = logging.getLogger(__name__)


class Carrier(Protocol):
    """Takes messages out of the house, one after the other."""

    def carry(self, message: EmailMessage) -> None:
        """Hand a message over; raise Refused, TryLater or Unsure of `advocacy.mail.outcome`."""

    def close(self) -> None:
        """Nothing more is to be carried."""


def carrier_of(way: Way) -> Carrier:
    """The carrier for what the operator set."""
    if isinstance(way, Server):
        return Smtp(way)
    return FolderOfMail(way.path) if isinstance(way, Folder) else LogOfMail()


class FolderOfMail:
    """Puts each message into a folder, as a file that mail programs open; only its owner may read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: EmailMessage) -> None:
        """Write the file under another name first, so that nobody reads half of it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() else "-" for c in message["Message-ID"].strip("<>").partition("@")[0])
        half = self._folder / f".{name}"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(bytes(message))
        half.rename(self._folder / f"{name}.eml")

    def close(self) -> None:
        """Nothing is held open."""


class LogOfMail:
    """Tells the log that there was a message, not what it says."""

    def carry(self, message: EmailMessage) -> None:
        """Write one line."""
        log.warning("a letter that is not sent: %s, %s bytes", message["Message-ID"], len(bytes(message)))

    def close(self) -> None:
        """Nothing is held open."""
