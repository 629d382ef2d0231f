"""A mail server spoken to step by step, so that it is known what surely did not go."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from advocacy.mail.address import Server
from advocacy.mail.message import one_line
from advocacy.mail.outcome import Refused, TryLater, Undelivered, Unsure

PATIENCE = 30  #: seconds for each answer
_LONGEST = 300  #: characters of what a server says


class Smtp:
    """One connection, made when it is needed and kept for the letters after it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def carry(self, message: EmailMessage) -> None:
        """Hand a message over; raise Refused, TryLater or Unsure."""
        try:
            with _before_it_went(self._server):
                line = self._line = self._line or self._open()
                self._envelope(line, message)
            self._hand_over(line, bytes(message))
        except Undelivered:
            self._hang_up()
            raise

    def close(self) -> None:
        """Say goodbye."""
        if self._line is not None:
            try:
                self._line.quit()
            except (OSError, smtplib.SMTPException):
                self._hang_up()
        self._line = None

    def _open(self) -> smtplib.SMTP:
        one, context = self._server, ssl.create_default_context()
        if one.smtps:
            line: smtplib.SMTP = smtplib.SMTP_SSL(one.host, one.port, timeout=PATIENCE, context=context)
        else:
            line = smtplib.SMTP(one.host, one.port, timeout=PATIENCE)
        self._line = line
        line.ehlo()
        if not one.smtps and (line.has_extn("starttls") or not one.is_here):
            line.starttls(context=context)  # raises when it is not offered: nothing goes out unencrypted
            line.ehlo()
        if one.user:
            line.login(one.user, one.password)
        return line

    def _envelope(self, line: smtplib.SMTP, message: EmailMessage) -> None:
        sender, to = message["From"].addresses[0].addr_spec, message["To"].addresses[0].addr_spec
        for code, said in (line.mail(sender), line.rcpt(to)):
            if code not in (250, 251):
                raise _answer(code, said)

    def _hand_over(self, line: smtplib.SMTP, content: bytes) -> None:
        """From the last byte on only the server's own word counts."""
        try:
            code, said = line.data(content)
        except smtplib.SMTPDataError as error:  # it did not want to hear it at all
            raise _answer(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(
                f"the line broke while it was handed over ({type(error).__name__}): it may have arrived"
            ) from error
        if code != 250:
            raise _answer(code, said)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


@contextmanager
def _before_it_went(server: Server) -> Iterator[None]:
    """What fails until then surely did not go."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise TryLater(f"{server.host} refuses the user or the password: {_said(error.smtp_error)}") from error
    except smtplib.SMTPResponseException as error:
        raise TryLater(f"{server.host} said {error.smtp_code} {_said(error.smtp_error)}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise TryLater(f"{server.host} offers no encryption (or no login): nothing is sent in the open") from error
    except ssl.SSLError as error:
        raise TryLater(f"{server.host} shows no certificate that can be trusted: {one_line(str(error))}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(f"{server.host} cannot be reached: {one_line(str(error)) or type(error).__name__}") from error


def _answer(code: int, said: bytes | str) -> Undelivered:
    words = f"the mail server said {code} {_said(said)}"
    return TryLater(words) if 400 <= code < 500 or code == -1 else Refused(words)


def _said(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(text)[:_LONGEST]
