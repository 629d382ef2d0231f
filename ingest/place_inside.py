"""What runs inside the place: a child process that reads one stranger's bytes after the other, within its limits."""

import contextlib
import io
import pickle
import resource
import signal
import traceback
from multiprocessing.connection import Connection
from typing import Any

_OURS = "ingest."
_PLAIN = frozenset({("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone")})
_LARGE = 4 * 2**20  #: bytes; what reading so much has swollen is given back by ending


class OutOfMemory(Exception):
    """The memory of the place did not suffice."""


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
        is_fit = True
        while is_fit:
            task, body = line.recv_bytes(), line.recv_bytes()
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer, is_fit = _answer(task, body)
            signal.setitimer(signal.ITIMER_PROF, 0)
            line.send_bytes(answer)


def _answer(task: bytes, body: bytes) -> tuple[bytes, bool]:
    """Give the packed answer, and whether this process is fit for another task."""
    try:
        return pickle.dumps(_value(task, body)), len(body) < _LARGE
    except MemoryError:
        return pickle.dumps(OutOfMemory()), False


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
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return found
