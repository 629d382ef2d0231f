"""From the bytes of a page to the text that was meant."""

import codecs
import re

from ftfy import fix_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class NotText(ValueError):
    """These bytes are no text."""


def decode(source: bytes) -> str:
    """The text of some bytes: by its byte order mark, as UTF-8, else as Windows' western letters."""
    for bom, encoding in _BOMS:
        if source.startswith(bom):
            return source[len(bom) :].decode(encoding, "replace")
    if source[:4000].count(0) > 8 or _looks_binary(source[:4000]):
        raise NotText("it is a binary file")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("cp1252", "replace")


def _looks_binary(start: bytes) -> bool:
    known = start.startswith(_MAGIC)
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b\x00" for byte in start)
    return known or controls * 20 > len(start)


def repair(text: str) -> str:
    """The text with double encoding undone line by line, one kind of line end and no control characters."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).replace("\u2028", "\n").replace("\u2029", "\n")
    return "\n".join(line if line.isascii() else fix_encoding(line) for line in text.split("\n"))
