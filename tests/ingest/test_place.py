"""The place with limits: what is read there costs its own process and nobody else's time."""

import contextlib
import operator
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.place import Died, Exceeded, Place
from ingest.place_inside import Faulty
from ingest.sources.feed_document import NotAFeed
from ingest.sources.feed_reading import read

ENDLESS = b"(a|a)*b"
PATIENCE = 60.0


@pytest.fixture
def place() -> Iterator[Place]:
    place = Place(seconds=1, megabytes=256)
    yield place
    place.close()


def pid_of(place: Place) -> int:
    """The process that reads next."""
    return int(place.run(eval, b"__import__('os').getpid()"))


def is_running(pid: int) -> bool:
    """Whether it does; one that ended, but whose new parent never asks how, does not."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def test_one_process_reads_one_after_the_other(place: Place) -> None:
    assert place.run(len, b"abc") == 3
    assert pid_of(place) == pid_of(place) != os.getpid()


def test_errors_of_ours_come_back_and_faults_say_where(place: Place) -> None:
    with pytest.raises(NotAFeed, match="no feed"):
        place.run(read, b"words", "", "https://x.example/")
    with pytest.raises(Faulty, match="invalid literal"):
        place.run(int, b"words")
    assert place.run(int, b"7") == 7


def test_what_takes_too_long_is_ended_by_the_kernel(place: Place) -> None:
    with pytest.raises(Exceeded, match="takes more than 1 s to be read"):
        place.run(re.fullmatch, ENDLESS, b"a" * 60)
    assert place.run(len, b"abc") == 3


def test_what_takes_too_much_memory_is_ended(place: Place) -> None:
    with pytest.raises(Exceeded, match="needs more than 256 MB to be read"):
        place.run(operator.mul, b"abc", 10**9)
    assert place.run(len, b"abc") == 3


def test_a_child_that_somebody_killed_is_replaced(place: Place) -> None:
    os.kill(pid_of(place), signal.SIGKILL)
    assert place.run(len, b"abc") == 3


def test_bytes_that_end_the_process_are_tried_twice(place: Place) -> None:
    with pytest.raises(Died, match="ended with 3"):
        place.run(eval, b"__import__('os')._exit(3)")
    assert place.run(len, b"abc") == 3


def test_a_signal_to_all_our_processes_is_left_to_us(place: Place) -> None:
    pid = pid_of(place)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert pid_of(place) == pid


def test_a_child_that_was_taken_over_can_answer_nothing_but_values(place: Place) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no part of an answer"):
        place.run(eval, b"__import__('pathlib').PurePath('x')")
    with pytest.raises(pickle.UnpicklingError, match="system is no part of an answer"):
        place.run(eval, b"__import__('os').system")


def test_our_secrets_are_not_inside(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVOCACY_SECRET_KEY", "canary")
    assert place.run(eval, b"'canary' in str(dict(__import__('os').environ))") is False


def test_what_a_large_body_swelled_is_given_back(place: Place) -> None:
    before = pid_of(place)
    place.run(len, b"x" * 5 * 2**20)
    assert pid_of(place) != before


def test_readers_do_not_wait_for_each_other() -> None:
    place, ended = Place(seconds=3), threading.Event()

    def read_slowly() -> None:
        with pytest.raises(Exceeded):
            place.run(re.fullmatch, ENDLESS, b"a" * 60)
        ended.set()

    slow = threading.Thread(target=read_slowly)
    slow.start()
    assert [place.run(len, b"abc") for _ in range(50)] == [3] * 50
    assert not ended.is_set()
    slow.join()
    assert ended.is_set()
    place.close()


@pytest.mark.parametrize("work", ["len, b'abc'", "__import__('re').fullmatch, b'(a|a)*b', b'a' * 60"])
def test_no_child_outlives_us_even_when_we_are_killed(work: str) -> None:
    lines = [
        "import threading",
        "from ingest.place import Place",
        "place = Place(seconds=1)",
        "print(place.run(eval, b\"__import__('os').getpid()\"), flush=True)",
        f"threading.Thread(target=place.run, args=({work})).start()",
        "threading.Event().wait()",
    ]
    with subprocess.Popen([sys.executable, "-c", "\n".join(lines)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    assert until(lambda: not is_running(child))


def test_closing_ends_all_and_reading_begins_anew(place: Place) -> None:
    child = pid_of(place)
    place.close()
    assert not is_running(child)
    assert place.run(len, b"abc") == 3


def test_closing_gives_up_what_is_being_read() -> None:
    place, ends = Place(seconds=600), []

    def read_on() -> None:
        with pytest.raises(Died) as died:
            place.run(re.fullmatch, ENDLESS, b"a" * 60)
        ends.append(str(died.value))

    reader = threading.Thread(target=read_on)
    reader.start()
    end = time.monotonic() + PATIENCE
    while reader.is_alive() and time.monotonic() < end:  # the first may come before the reading has begun
        place.close()
        reader.join(0.5)
    assert len(ends) == 1
