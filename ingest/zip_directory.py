"""How large a zip's list of files is, told by its last bytes before any of the list is read into memory."""

import os
import struct
from typing import IO

DIRECTORY_LIMIT = 40 * 2**20  #: bytes; some 300,000 files with ordinary names
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_UNTOLD = 0xFFFFFFFF


def directory_size(file: IO[bytes]) -> int:
    """Bytes of the list of files; 0 for what is no zip, which whoever opens it will say."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 22 - 0xFFFF - 20))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    if tail[at - 20 : at - 16] == _LOCATOR64 and at >= 20:
        size = max(size if size != _UNTOLD else 0, _size64(file, struct.unpack_from("<Q", tail, at - 12)[0], end))
    return size


def _size64(file: IO[bytes], place: int, end: int) -> int:
    if place + 56 > end:
        return 0
    file.seek(place)
    record = file.read(56)
    size: int = struct.unpack_from("<Q", record, 40)[0]
    return size if record[:4] == _END64 else 0
