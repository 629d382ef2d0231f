"""`advocacy worker`: keep reading what is due and doing what pages ask for."""

import logging
import os
import signal
import threading

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from advocacy import logs, running
from ingest import worker
from ingest.hands import hands_of


@click.command("worker")
@click.option("--until-eof", is_flag=True, hidden=True, help="End when standard input does: `serve` holds it open.")
@with_appcontext
def run_worker(until_eof: bool) -> None:
    """Keep reading what is due and doing what pages ask for, until a signal; running work is finished first."""
    if until_eof:
        threading.Thread(target=_end_with_input, name="parent", daemon=True).start()
    logs.install(logging.INFO)
    logging.getLogger("huey").setLevel(logging.WARNING)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = running.settings()
    hands = hands_of(app)
    worker.Worker(hands, worker.queue(hands, settings.data_dir, settings.secret_key)).run()


def _end_with_input() -> None:
    """Whoever started us is no more: end as if asked to."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
