"""A letter as a message: nothing that a name or a title holds becomes a header of it."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.mail.message import Envelope, Unaddressable, Words, message

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
    *("List-Unsubscribe", "List-Unsubscribe-Post"),
}


def to(address: str = "asha@tern.example", name: str = "Asha") -> Envelope:
    return Envelope(sender="advocacy@tern.example", to=address, to_name=name, message_id="digest.1@tern.example", at=AT)


def words(subject: str = "Your week", text: str = "One.") -> Words:
    return Words(subject=subject, text=text, html="<p>One.</p>", stop="https://tern.example/letters/stop/abc")


@given(st.text(), st.text(), st.text())
def test_whatever_it_holds_it_has_the_same_headers(name: str, subject: str, text: str) -> None:
    cleaned = text.encode("utf-8", "replace").decode()
    parsed = message_from_bytes(bytes(message(to(name=name), words(subject, cleaned))), policy=policy.default)
    assert set(parsed.keys()) == HEADERS
    assert parsed["To"].addresses[0].addr_spec == "asha@tern.example"
    assert len(parsed["To"].addresses) == 1


def test_one_click_stops_it_in_mail_programs() -> None:
    made = message(to(), words())
    assert made["List-Unsubscribe"] == "<https://tern.example/letters/stop/abc>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    "address",
    [
        "asha@tern.example\r\nBcc: x@y.example",
        "asha@tern.example, x@y.example",
        "asha",
        "",
        "<x@y.example>",
        "ä@tern.example",
    ],
)
def test_an_address_that_is_none_or_several_is_refused(address: str) -> None:
    with pytest.raises(Unaddressable):
        message(to(address), words())
