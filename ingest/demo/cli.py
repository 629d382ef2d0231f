"""`advocacy demo`: a made-up company to click through, on this machine only."""

import errno
import os
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import click
from flask import Flask

from advocacy import config, serve
from advocacy.app import create_app
from advocacy.cli.console import Exit, Stop, as_json, bar, say, table
from ingest.demo import ground
from ingest.demo.build import Site, build
from ingest.demo.company import COMPANY
from ingest.demo.ground import Mark
from ingest.demo.outside import outside
from ingest.demo.stages import STAGES
from ingest.loopback.server import Platforms


def _loopback(context: click.Context, option: click.Parameter, host: str) -> str:
    """Everybody can sign in to a demo by one click, so nobody else may reach it."""
    try:
        is_loopback = ip_address("127.0.0.1" if host == "localhost" else host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise click.BadParameter(
            "a demo lets anybody in, so it listens on this machine only: 127.0.0.1, ::1, localhost"
        )
    return "127.0.0.1" if host == "localhost" else host


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, callback=_loopback, help="A loopback address.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Where to serve.")
@click.option("--seed", default=7, show_default=True, help="Another seed, other days and hours.")
@click.option("--stage", default="year", show_default=True, type=click.Choice([*STAGES]), help="How lived-in it is.")
@click.option("--dir", "folder", default=Path("var/demo"), show_default=True, type=click.Path(path_type=Path))
@click.option("--fresh", is_flag=True, help="Build anew, even when there is one of today.")
@click.option("--build-only", is_flag=True, help="Build and do not serve.")
@as_json
def demo(
    host: str, port: int, seed: int, stage: str, folder: Path, fresh: bool, build_only: bool, as_json: bool
) -> None:
    """Build a small company through the real connectors and show it on http://127.0.0.1:8000.

    Its blogs, X, Reddit and Stack Exchange are played by a server on this machine; nothing is fetched from elsewhere.
    While it is served, somebody says something new every minute or so, and "Sync now" finds it.
    """
    folder, began = folder.absolute(), time.monotonic()
    with ExitStack() as open_things:
        door = None if build_only else open_things.enter_context(closing(_listen(host, port)))
        held = ground.held(folder)
        world = open_things.enter_context(_world(held, folder))
        settings = ground.environ(folder, host, door.getsockname()[1] if door else port, world.address)
        keep = held if held and not fresh and ground.is_fresh(held, stage, seed, datetime.now(UTC)) else None
        mark = keep or _clear(folder, stage, seed)
        world.handlers.update(outside(mark.moment, seed, world.address, untidy=STAGES[stage].untidy))
        app = _app(settings, folder)
        if not keep:
            _build(app, world, mark, folder)
        tell = _teller(stage, not keep, began, as_json)
        if door is None:
            tell("")
        else:
            world.run_free()
            serve.serve(app, app.extensions["advocacy.settings"], door, settings, tell)


def _build(app: Flask, world: Platforms, mark: Mark, folder: Path) -> None:
    with bar("building Tern Data", None) as report:
        build(Site(app=app, world=world, anchor=mark.moment, tell=report), STAGES[mark.stage])
    ground.finish(folder, mark, world.port)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return serve.listen(host, port)
    except serve.PortTaken as error:
        raise Stop(str(error), Exit.SETUP) from error


def _world(mark: Mark | None, folder: Path) -> Platforms:
    """The world outside, where the demo in the folder looks for it; that port is also its lock."""
    try:
        return Platforms({}, mark.port if mark else 0)
    except OSError as error:
        if mark is None or error.errno != errno.EADDRINUSE:
            raise
        raise Stop(
            f"the demo in {folder} seems to be open already (its blogs are on port {mark.port}): "
            "stop it, or build another one with --dir.",
            Exit.SETUP,
        ) from error


def _clear(folder: Path, stage: str, seed: int) -> Mark:
    try:
        return ground.clear(folder, stage, seed)
    except ground.Occupied as error:
        raise Stop(str(error), Exit.INPUT) from error


def _app(settings: dict[str, str], folder: Path) -> Flask:
    """The app with the demo's settings; the operator's own must not leak in, nor into the worker."""
    for name in [name for name in os.environ if name.startswith("ADVOCACY_")]:
        del os.environ[name]
    return create_app(config.load(settings, folder))


def _teller(stage: str, built: bool, began: float, as_json: bool) -> Callable[[str], None]:
    """Say where the demo is and who can be clicked."""

    def tell(url: str) -> None:
        seconds = round(time.monotonic() - began, 1)
        people = [{"name": m.name, "email": m.email, "about": m.about} for m in COMPANY]
        if as_json:
            say({"url": url or None, "stage": stage, "built": built, "seconds": seconds, "people": people})
            return
        table(("name", "who"), [(person["name"], person["about"]) for person in people])
        click.echo(f"\n{'Built' if built else 'Opened'} in {seconds} s. ", nl=False)
        click.echo(f"Open {url} and choose who to be; Ctrl-C stops it." if url else "Serve it: advocacy demo")

    return tell
