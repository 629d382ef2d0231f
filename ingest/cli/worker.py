"""`advocacy worker`: keep reading what is due and doing what pages ask for."""

import gc
import logging
import os
import signal
import sys
import threading
from dataclasses import replace

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from advocacy import logs
from advocacy.models.clock import SharedClock
from ingest.hands import hands_of
from ingest.worker import Worker

SWITCH = 0.0005
"""Seconds until a thread that computes lets another one on. With Python's 5 ms whoever holds the database's lock
waits so long after each of its statements, behind threads that parse, and all that want to write wait for it."""


@click.command("worker")
@click.option("--until-eof", is_flag=True, hidden=True, help="End when standard input does: `serve` holds it open.")
@with_appcontext
def run_worker(until_eof: bool) -> None:
    """Keep reading what is due and doing what pages ask for, until a signal; what is under way is finished first.

    What does not end within seconds is given back, and somebody else goes on with it at once.
    """
    if until_eof:
        threading.Thread(target=_end_with_input, name="parent", daemon=True).start()
    logs.install(logging.INFO)
    sys.setswitchinterval(SWITCH)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    gc.freeze()  # what is there now stays: looking for garbage in it again and again costs a tenth of what reading does
    if not Worker(replace(hands_of(app), clock=SharedClock())).run():
        sys.stderr.flush()
        os._exit(0)  # threads still wait for servers that do not answer; Python would wait for them


def _end_with_input() -> None:
    """Whoever started us is no more: end as if asked to."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
