"""Letters handed to a mail server: in plain on this machine, encrypted elsewhere, refused, cut off."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy.mail import smtp
from advocacy.mail.address import Server
from advocacy.mail.message import Envelope, Words, message
from advocacy.mail.outcome import Refused, TryLater, Undelivered, Unsure
from advocacy.mail.smtp import Smtp
from tests import certificates
from tests.mail_server import DATA, END, HANG_UP, MAIL, RCPT, MailServer

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TO = Envelope(
    sender="advocacy@tern.example", to="asha@tern.example", to_name="Asha", message_id="digest.1@tern.example", at=AT
)
LETTER = message(TO, Words(subject="Your week", text="One.\n.\nTwo – für dich.", html="<p>One</p>"))


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the tests' own authority."""
    file = tmp_path / "authority.pem"
    file.write_text(certificates.known())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


def sent(server: MailServer, **more: object) -> Undelivered | None:
    """Why it did not go; None: it went."""
    carrier = Smtp(Server("127.0.0.1", server.port, **more))  # type: ignore[arg-type]
    try:
        carrier.carry(LETTER)
    except Undelivered as error:
        return error
    finally:
        carrier.close()
    return None


def test_a_letter_arrives_as_it_was_written() -> None:
    with MailServer() as server:
        assert sent(server) is None
    (arrived,) = server.messages
    assert (arrived["To"], arrived["From"]) == ("Asha <asha@tern.example>", "Advocacy <advocacy@tern.example>")
    assert arrived.get_body(("plain",)).get_content() == "One.\n.\nTwo – für dich.\n"  # type: ignore[union-attr]
    assert arrived.get_body(("html",)).get_content() == "<p>One</p>\n"  # type: ignore[union-attr]


def test_two_letters_go_over_one_line() -> None:
    with MailServer() as server:
        carrier = Smtp(Server("127.0.0.1", server.port))
        carrier.carry(LETTER)
        carrier.carry(LETTER)
        carrier.close()
    assert (len(server.raw), server.verbs.count("EHLO"), server.verbs[-1]) == (2, 1, "QUIT")


@pytest.mark.parametrize("smtps", [True, False])
def test_encrypted_with_a_login(trusted: None, smtps: bool) -> None:
    with MailServer(tls=certificates.right(), starttls=not smtps, login=("asha", "pa ss")) as server:
        assert sent(server, smtps=smtps, user="asha", password="pa ss") is None
    assert server.encrypted == [True]


def test_a_server_elsewhere_that_offers_no_encryption_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "is_here", property(lambda self: False))
    with MailServer() as server:
        error = sent(server)
    assert isinstance(error, TryLater)
    assert "in the open" in str(error)
    assert (server.raw, MAIL in server.verbs) == ([], False)


@pytest.mark.parametrize("certificate", [certificates.expired, certificates.for_another_name])
def test_a_certificate_that_cannot_be_trusted_ends_it(trusted: None, certificate: Callable[[], object]) -> None:
    with MailServer(tls=certificate()) as server:  # type: ignore[arg-type]
        error = sent(server, smtps=True)
    assert isinstance(error, TryLater)
    assert "certificate" in str(error)


def test_a_wrong_password_is_the_operators_to_mend_and_the_letter_waits() -> None:
    with MailServer(login=("asha", "right")) as server:
        error = sent(server, user="asha", password="wrong")
    assert isinstance(error, TryLater)
    assert "refuses the user or the password" in str(error)
    assert "wrong" not in str(error).replace("wrong user or password", "")


@pytest.mark.parametrize(
    ("at", "answer", "becomes"),
    [
        (MAIL, "451 busy", TryLater),
        (MAIL, "550 you may not", Refused),
        (RCPT, "450 greylisted", TryLater),
        (RCPT, "550 no such person", Refused),
        (DATA, "452 full", TryLater),
        (DATA, "554 no", Refused),
        (END, "451 later", TryLater),
        (END, "554 spam", Refused),
        (MAIL, HANG_UP, TryLater),
        (RCPT, HANG_UP, TryLater),
        (END, HANG_UP, Unsure),
    ],
)
def test_what_becomes_of_a_letter_by_where_it_was_refused(at: str, answer: str, becomes: type[Undelivered]) -> None:
    with MailServer(says={at: answer}) as server:
        error = sent(server)
    assert (type(error), server.raw) == (becomes, [])
    assert answer in str(error)


def test_after_a_refusal_the_next_letter_goes_over_a_new_line() -> None:
    with MailServer(says={RCPT: "550 no such person"}) as server:
        carrier = Smtp(Server("127.0.0.1", server.port))
        with pytest.raises(Refused):
            carrier.carry(LETTER)
        server.says.clear()
        carrier.carry(LETTER)
        carrier.close()
    assert len(server.raw) == 1


def test_no_server_at_all_is_said_in_words() -> None:
    with MailServer() as server:
        pass
    error = sent(server)
    assert isinstance(error, TryLater)
    assert str(error).startswith("127.0.0.1 cannot be reached: ")


def test_a_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE", 0.2)
    held = threading.Event()
    with MailServer(before=lambda verb: [held.wait(2)].clear()) as server:
        error = sent(server)
        held.set()
    assert isinstance(error, TryLater)


def test_what_a_server_says_stays_on_one_line() -> None:
    with MailServer(says={RCPT: "550-no\x1b[31m\r\n550 Bcc: x"}) as server:
        error = sent(server)
    assert str(error).isprintable()
