"""Serving: waitress in this process, the worker as a child beside it that is started again when it dies."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from copy import copy
from types import FrameType

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from advocacy import headers, uploads
from advocacy.settings import Settings

log = logging.getLogger(__name__)

STOP_WITHIN = 8.0  #: seconds a worker may take to finish what it does
RESTART_AFTER = 2.0  #: seconds
MOST = 8 * 2**20  #: bytes of a body; the app says in words what is more than it takes, and this guards the disk


class Refusal(ErrorTask):
    """Waitress's own answer to what is no request, or too large a one: it carries our headers too."""

    def execute(self) -> None:
        """Answer."""
        self.response_headers = [*headers.REFUSALS.items()]
        super().execute()


class Parser(HTTPRequestParser):
    """A request; only where archives are handed in may it be as large as one."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and choose the limit of the body by it."""
        super().parse_header(header_plus)
        head = vars(self)
        if (head["command"], head["path"]) == ("POST", uploads.PATH):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = uploads.MOST + MOST


class Channel(HTTPChannel):
    """A connection."""

    error_task_class = Refusal
    parser_class = Parser


def _without_path(record: logging.LogRecord) -> bool:
    """Waitress tells while serving what path somebody hung up; a path may hold the token of a set-up link."""
    record.msg = f"{record.msg}".partition(" while serving ")[0]
    return True


class PortTaken(OSError):
    """Somebody else listens where we were told to."""


def listen(host: str, port: int) -> socket.socket:
    """An open door; raise PortTaken in words."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError as error:
        door.close()
        raise PortTaken(
            f"{host}:{port} cannot be served: {error.strerror}. Stop what listens there, or choose another with "
            "--port or ADVOCACY_SERVER__PORT."
        ) from error
    return door


def serve(
    app: Flask, settings: Settings, door: socket.socket, environ: Mapping[str, str], ready: Callable[[str], None]
) -> None:
    """Serve until a signal asks to stop; with an embedded worker unless the settings say otherwise."""
    # What proxies say is believed, or not, by the app itself: it knows how many there are.
    server = create_server(
        app,
        sockets=[door],
        threads=settings.server.threads,
        ident=None,
        clear_untrusted_proxy_headers=False,
        max_request_body_size=MOST,
    )
    assert isinstance(server, BaseWSGIServer)  # one door is one server
    server.channel_class = Channel
    logging.getLogger("waitress").addFilter(_without_path)
    keeper = Keeper(environ)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if settings.worker.embedded:
            keeper.start()
        host, port = door.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")
        server.run()
    except KeyboardInterrupt:
        log.info("stopping")
    finally:
        for asked_again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked_again, signal.SIG_IGN)
        server.close()
        keeper.stop()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Keeper(threading.Thread):
    """Keeps one worker process alive."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(name="keeper", daemon=True)
        self._environ = {**os.environ, **environ}
        self._ending = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker, and watch it."""
        self._worker = self._begin()
        super().start()

    def run(self) -> None:
        """Start the worker again whenever it ends by itself."""
        while not self._ending.wait(0.5):
            if self._worker and self._worker.poll() is not None and not self._ending.wait(RESTART_AFTER):
                log.warning("the worker ended with %s; starting it again", self._worker.returncode)
                self._worker = self._begin()

    def stop(self) -> None:
        """Ask the worker to finish what it does; end it when it does not."""
        self._ending.set()
        if self._worker is None:
            return
        if self.ident:
            self.join(RESTART_AFTER + 1)
        self._worker.send_signal(signal.SIGTERM)
        try:
            self._worker.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            log.warning("the worker did not stop within %s s; what it held is claimed again later", STOP_WITHIN)
            self._worker.kill()
            self._worker.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        """A session of its own: Ctrl-C reaches us alone, and we stop it in good order.

        Its standard input is a pipe of ours that closes when we are no more, even by kill -9: then it ends too.
        """
        command = [sys.executable, "-m", "advocacy", "worker", "--until-eof"]
        return subprocess.Popen(command, env=self._environ, start_new_session=True, stdin=subprocess.PIPE)
