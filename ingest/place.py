"""A place with a limit on time and memory, for reading what strangers send: child processes of our own.

A caller takes a child that is idle or starts one; up to `at_once` callers never wait for another, and what breaks a
limit ends its own child and nothing else. The processes are plain ones, not `multiprocessing`'s, whose pools lose
everybody's work with one child and load the parent's main module into each.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing import Pipe
from pickle import dumps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ingest.place_inside import OUT_OF_MEMORY, answer_from

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 6  #: a child that gets too little of the processor is waited for so many times its limit
_LEAVE_WITHIN = 2.0
_INSIDE = "import sys; from ingest.place_inside import serve; serve(*map(int, sys.argv[1:]))"


class Exceeded(Exception):
    """The reading broke a limit; the message is the verb of a sentence about what was read."""


class Died(Exception):
    """The child ended in the middle of its reading, twice or because the place was closed; no limit was broken."""


class Place:
    """Reads bytes of strangers by functions of ours, each within `seconds` of processor time and `megabytes`."""

    def __init__(self, seconds: int = 10, megabytes: int = 512, at_once: int = 8) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._seats = threading.BoundedSemaphore(at_once)  # a child holds about 25 MB
        self._lock, self._closings = threading.Lock(), 0
        self._idle: list[_Child] = []
        self._lent: set[_Child] = set()
        atexit.register(self.close)

    def run(self, read: Callable[Concatenate[bytes, P], T], body: bytes, *args: P.args, **kwargs: P.kwargs) -> T:
        """Give what `read` gives or raise what it raises, so far as these are plain or ours; else Exceeded or Died."""
        with self._seats:
            value = self._read(dumps((read, args, kwargs)), body)
        if isinstance(value, Exception):
            raise value
        return value  # type: ignore[no-any-return]

    def _read(self, task: bytes, body: bytes) -> Any:
        closings = self._closings
        try:
            return self._asked(self._borrow(), task, body)
        except Died:
            if self._closings != closings:
                raise
            return self._asked(self._start(), task, body)  # somebody else may have killed it

    def close(self) -> None:
        """End all children, what they read is given up as Died; the next `run` starts new ones."""
        with self._lock:
            self._closings += 1
            idle, self._idle = self._idle, []
            for child in self._lent:
                child.kill()  # who lent it hears of its end, and clears it away
        for child in idle:
            child.end()

    def _asked(self, child: "_Child", task: bytes, body: bytes) -> Any:
        try:
            value = child.ask(task, body, self._seconds * _PATIENCE)
        except TimeoutError as error:
            child.end(at_once=True)
            raise Exceeded(f"takes more than {self._seconds * _PATIENCE} s to be read") from error
        except (EOFError, OSError) as error:
            raise self._why(child.end()) from error
        except BaseException:
            child.end(at_once=True)
            raise
        else:
            with self._lock:
                self._idle.append(child)
            return value
        finally:
            with self._lock:
                self._lent.discard(child)

    def _why(self, code: int) -> Exception:
        """What an ended child's exit code says."""
        if code == -signal.SIGPROF:
            return Exceeded(f"takes more than {self._seconds} s to be read")
        if code == OUT_OF_MEMORY:
            return Exceeded(f"needs more than {self._megabytes} MB to be read")
        return Died(f"the process that reads ended with {code}")

    def _borrow(self) -> "_Child":
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    self._lent.add(child)
                    return child
        return self._start()

    def _start(self) -> "_Child":
        child = _Child(self._seconds, self._megabytes)
        with self._lock:
            self._lent.add(child)
        return child


class _Child:
    """One process and the line to it."""

    def __init__(self, seconds: int, megabytes: int) -> None:
        self._line, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-P", "-c", _INSIDE, str(theirs.fileno()), str(seconds), str(megabytes)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=_environment()
            )

    def ask(self, task: bytes, body: bytes, patience: float) -> Any:
        """Give the answer; EOFError or OSError when the child ended, TimeoutError when it does not answer."""
        self._line.send_bytes(task)
        self._line.send_bytes(body)
        if not self._line.poll(patience):
            raise TimeoutError
        return answer_from(self._line.recv_bytes())

    def is_alive(self) -> bool:
        """Whether the process runs; one that ended is cleared away."""
        if self._process.poll() is None:
            return True
        self._line.close()
        return False

    def kill(self) -> None:
        """End the process at once; somebody else is on the line."""
        self._process.kill()

    def end(self, at_once: bool = False) -> int:
        """Hang up, which is how a child is told to end; give its exit code."""
        self._line.close()
        if not at_once:
            try:
                return self._process.wait(_LEAVE_WITHIN)
            except subprocess.TimeoutExpired:
                pass
        self._process.kill()
        return self._process.wait()


def _environment() -> dict[str, str]:
    """What a child needs to import what we do; our secrets stay outside."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")}
    return ours | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


SHARED = Place()
"""The place of this process; it costs nothing until something is read in it."""
