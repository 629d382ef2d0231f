"""What runs inside the place: a child process that reads one stranger's bytes after the other, within its limits."""

import contextlib
import io
import os
import pickle
import resource
import signal
import traceback
from multiprocessing.connection import Connection
from typing import Any

OUT_OF_MEMORY = 75  #: the exit code that says so
_OURS = "ingest."
_PLAIN = frozenset({("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone")})
_LARGE = 4 * 2**20  #: bytes; what reading so much has swollen is given back by ending


class Faulty(Exception):
    """A fault of ours inside the place, told with where it happened."""


def serve(handle: int, seconds: int, megabytes: int) -> None:
    """Answer until the other side hangs up, however it ended; each answer within `seconds` of processor time.

    The kernel ends the process at its limit: no code that a stranger's bytes keep busy is asked to do it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C and a stopping service are the other side's to act on
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):  # not every system knows this limit
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    with Connection(handle) as line, contextlib.suppress(EOFError, OSError):
        try:
            while _serve_one(line, seconds):
                pass
        except MemoryError:
            os._exit(OUT_OF_MEMORY)  # there may not be enough for anything else


def _serve_one(line: Connection, seconds: int) -> bool:
    """Give one answer, and whether this process is fit for another."""
    task, body = line.recv_bytes(), line.recv_bytes()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    answer = pickle.dumps(_value(task, body))
    signal.setitimer(signal.ITIMER_PROF, 0)
    line.send_bytes(answer)
    return len(body) < _LARGE


def _value(task: bytes, body: bytes) -> Any:
    read, args, kwargs = pickle.loads(task)
    try:
        return read(body, *args, **kwargs)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised again on the other side
        return error if type(error).__module__.startswith(_OURS) else Faulty(traceback.format_exc())


def answer_from(packed: bytes) -> Any:
    """Unpack what a child answers, which a stranger's bytes may have taken over: values and classes of ours only."""
    return _OnlyOurs(io.BytesIO(packed)).load()


class _OnlyOurs(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(_OURS) or (module, name) in _PLAIN else None
        if not isinstance(found, type) or not found.__module__.startswith((_OURS, "datetime")):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return found
