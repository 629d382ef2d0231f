"""`advocacy serve`: the dashboard and, unless told otherwise, the worker beside it."""

import logging
import os
from pathlib import Path

import click

from advocacy import config, logs
from advocacy.app import create_app
from advocacy.cli.console import Exit, Stop, examples
from advocacy.cli.database import to_newest
from advocacy.serve import PortTaken, listen
from advocacy.serve import serve as run


@click.command(epilog=examples("serve", "serve --host 0.0.0.0 --port 80 --no-worker"))
@click.option("--host", help="Address to listen on (ADVOCACY_SERVER__HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (ADVOCACY_SERVER__PORT).")
@click.option("--worker/--no-worker", "embedded", default=None, help="Run the worker too (ADVOCACY_WORKER__EMBEDDED).")
def serve(host: str | None, port: int | None, embedded: bool | None) -> None:
    """Bring the schema up to date and serve the dashboard, with its worker, until Ctrl-C."""
    logs.install(logging.INFO)
    given = {"ADVOCACY_SERVER__HOST": host, "ADVOCACY_SERVER__PORT": port, "ADVOCACY_WORKER__EMBEDDED": embedded}
    chosen = {name: str(value).lower() for name, value in given.items() if value is not None}
    settings = config.load({**os.environ, **chosen}, Path.cwd())
    try:
        door = listen(settings.server.host, settings.server.port)
    except PortTaken as error:
        raise Stop(str(error), Exit.SETUP) from error
    app = create_app(settings)
    with app.app_context():
        to_newest()
    run(app, settings, door, chosen, lambda address: click.echo(f"Advocacy is at {address} – Ctrl-C stops it."))
