"""How logs are written: every record is one line of its own, whatever strangers put into it.

Titles, addresses, names, headers and the errors of feeds come from outside. A line break in them would forge a
record, and an escape sequence would speak to the terminal of whoever reads the log. This is the one place that
writes records, for the server, the worker and the commands alike.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import TypeAlias

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LONGEST = 4000  #: characters of a line
MARGIN = "  | "  #: before each line of a traceback, so that none of them looks like a record


Caught: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
"""What sys.exc_info() gives."""


class OneLine(logging.Formatter):
    """Writes what cannot be printed as its escape; a traceback follows below its record, behind a margin."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 – the library's name
        """The record without its traceback."""
        return escaped(super().formatMessage(record))

    def formatException(self, ei: Caught) -> str:  # noqa: N802 – the library's name
        """The traceback of an error, and of those that led to it."""
        return in_lines(ei[1]) if ei[1] else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 – the library's name
        """Where a record was written, should it say so."""
        return "\n".join(MARGIN + escaped(line) for line in stack_info.splitlines())


def escaped(words: str) -> str:
    """The words on one line, as far as they fit; what is no visible character stands as its escape."""
    cut = words[:LONGEST]
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
    return shown if cut == words else f"{shown} … ({len(words) - LONGEST} more characters)"


def in_lines(error: BaseException) -> str:
    """A traceback; only the lines of our own source are lines in it, what an error says is never more than one."""
    parts = []
    for chunk in traceback.TracebackException.from_exception(error).format():
        parts += chunk.rstrip("\n").split("\n") if chunk.startswith("  File ") else [chunk.strip("\n")]
    return "\n".join(MARGIN + escaped(part) for part in parts)


def install(level: int) -> None:
    """Write records of that level and above to standard error; warnings and errors that nobody caught are records.

    Asked again it only takes the other level.
    """
    root = logging.getLogger()
    root.setLevel(level)
    if any(isinstance(handler.formatter, OneLine) for handler in root.handlers):
        return
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    root.addHandler(handler)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """What no one caught is a fault of ours; Ctrl-C and an exit are none."""
    if error is not None and isinstance(error, Exception):
        logging.getLogger("advocacy").critical("a fault of ours", exc_info=error)
