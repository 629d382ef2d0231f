"""The body of an answer: read whole within a limit, unpacked as it comes, and no end that is not one."""

import http.client
import io
import ssl
import zlib
from collections.abc import Iterator

_CHUNK = 64 * 1024
_UNPACKED = 256 * 1024
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})


class CutShort(Exception):
    """The answer ended before it was complete."""


class TooLarge(Exception):
    """The answer is larger than we read; the message says what is too much."""


class WrongEncoding(Exception):
    """The answer is packed in a way that we did not ask for."""


def read_body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """Read and unpack the whole answer; raise CutShort, TooLarge, WrongEncoding or OSError."""
    transfer = response.getheader("transfer-encoding") or "identity"
    if transfer.lower() not in ("identity", "chunked"):  # http.client unpacks no other
        raise WrongEncoding(transfer)
    encoding = (response.getheader("content-encoding") or "identity").strip().lower()
    if encoding in ("identity", ""):
        return _joined(_raw(response, limit), limit)
    if encoding not in _ENCODINGS:
        raise WrongEncoding(encoding)
    return _joined(_unpacked(_raw(response, limit)), limit)


def _joined(parts: Iterator[bytes], limit: int) -> bytes:
    body = io.BytesIO()  # gives its bytes away without a second copy
    for part in parts:
        if body.tell() + len(part) > limit:
            raise TooLarge(_more_than(limit))
        body.write(part)
    return body.getvalue()


def _raw(response: http.client.HTTPResponse, limit: int) -> Iterator[bytes]:
    promised = response.length  # None when chunked or until the connection closes
    if promised is not None and promised > limit:
        raise TooLarge(_more_than(limit))
    got = 0
    try:
        while part := response.read1(_CHUNK):
            got += len(part)
            yield part
    except (http.client.IncompleteRead, ssl.SSLEOFError) as error:
        raise CutShort from error
    # http.client takes a closed connection for the end, even when more was promised.
    if promised is not None and got < promised:
        raise CutShort


def _unpacked(parts: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = None
    for part in parts:
        data = part
        while data:
            if unpacker is None or unpacker.eof:
                if unpacker is not None and not data.startswith(b"\x1f"):
                    break  # padding after the last gzip member
                unpacker = zlib.decompressobj(_window_bits(data))
            yield _inflate(unpacker, data)
            data = unpacker.unconsumed_tail or unpacker.unused_data
    if unpacker is not None:
        while rest := _inflate(unpacker, b""):  # what it took in and had no room to give out
            yield rest
        if not unpacker.eof:
            raise CutShort


def _window_bits(start: bytes) -> int:
    """Tell gzip and zlib from the bare deflate that some servers send under the same name."""
    is_wrapped = start[0] == 0x1F or (start[0] & 0x0F == 8 and start[0] >> 4 <= 7)
    return 47 if is_wrapped else -15


def _inflate(unpacker: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return unpacker.decompress(data, _UNPACKED)
    except zlib.error as error:
        raise CutShort from error


def _more_than(limit: int) -> str:
    return f"more than {limit:,} bytes"
