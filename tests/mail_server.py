"""A mail server on loopback that plays what a test sets: it takes messages, refuses them, or hangs up."""

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

EHLO, MAIL, RCPT, DATA, END = "EHLO", "MAIL", "RCPT", "DATA", "END"
HANG_UP = ""


@dataclass
class MailServer:
    """`says` is what it answers to a verb instead of yes, or HANG_UP; `END` is the end of a message.

    `before` is called with each verb that came, before it is answered.
    """

    tls: ssl.SSLContext | None = None
    starttls: bool = False
    login: tuple[str, str] | None = None
    says: dict[str, str] = field(default_factory=dict)
    before: Callable[[str], None] = lambda verb: None
    raw: list[bytes] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """What it took, parsed."""
        return [message_from_bytes(one.replace(b"\r\n", b"\n"), policy=policy.default) for one in self.raw]

    def __enter__(self) -> Self:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, sock: Any, address: Any, server: Any) -> Any:
        if self.tls and not self.starttls:
            try:
                sock = self.tls.wrap_socket(sock, server_side=True)
            except (ssl.SSLError, OSError):
                return
        talk = _Talk(self, sock)
        try:
            talk.run()
        except OSError:
            pass  # whoever called hung up
        finally:
            talk.close()


class _Talk:
    def __init__(self, server: MailServer, sock: Any) -> None:
        self.server, self.sock = server, sock
        self.lines = sock.makefile("rb")

    def run(self) -> None:
        self.say("220 loopback")
        while line := self.lines.readline():
            verb = line[:4].decode("ascii", "replace").upper().strip()
            self.server.verbs.append(verb)
            self.server.before(verb)
            said = self.server.says.get(verb)
            if said == HANG_UP:
                return
            if said:
                self.say(said)
            elif not self.answer(verb, line):
                return

    def close(self) -> None:
        self.lines.close()
        self.sock.close()

    def answer(self, verb: str, line: bytes) -> bool:
        if verb == "EHLO":
            self.greet()
        elif verb == "STAR":
            assert self.server.tls
            self.say("220 go on")
            self.lines.close()
            self.sock = self.server.tls.wrap_socket(self.sock, server_side=True)
            self.lines = self.sock.makefile("rb")
        elif verb == "AUTH":
            given = tuple(b64decode(line.split()[2]).decode().split("\0")[1:])
            self.say("235 welcome" if given == self.server.login else "535 wrong user or password")
        elif verb == "DATA":
            return self.take()
        else:
            self.say("250 yes")
        return verb != "QUIT"

    def greet(self) -> None:
        offers = ["loopback"]
        if self.server.starttls and not isinstance(self.sock, ssl.SSLSocket):
            offers.append("STARTTLS")
        if self.server.login:
            offers.append("AUTH PLAIN")
        for number, one in enumerate(offers, 1):
            self.say(f"250{' ' if number == len(offers) else '-'}{one}")

    def take(self) -> bool:
        self.say("354 go on")
        content = b""
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                return False
            content += line[1:] if line.startswith(b".") else line
        self.server.before(END)
        said = self.server.says.get(END, "250 taken")
        if said.startswith("2"):
            self.server.raw.append(content)
            self.server.encrypted.append(isinstance(self.sock, ssl.SSLSocket))
        if said == HANG_UP:
            return False
        self.say(said)
        return True

    def say(self, words: str) -> None:
        self.sock.sendall(f"{words}\r\n".encode())
