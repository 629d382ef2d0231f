"""A letter as a message: text first, the same as HTML beside it, and headers that nobody can add to."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

LONGEST_SUBJECT = 200
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


class Unaddressable(ValueError):
    """No message can be written to this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a letter says; `stop` is the address that ends letters of its kind."""

    subject: str
    text: str
    html: str
    stop: str = ""
    calendar: str = ""  #: an iTIP part, which names its own method


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From whom, to whom, and by what name the message is known: the same one each time it is tried."""

    sender: str
    to: str
    to_name: str
    message_id: str
    at: datetime


def message(envelope: Envelope, words: Words) -> EmailMessage:
    """The message; raise Unaddressable when the address of the person is none."""
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = Address("Advocacy", addr_spec=envelope.sender)
        made["To"] = Address(one_line(envelope.to_name), addr_spec=envelope.to)
    except (ValueError, IndexError, MessageError) as error:
        raise Unaddressable(f"no letter can be addressed so: {type(error).__name__}") from error
    if not envelope.to.isascii():
        raise Unaddressable("the address holds letters that many mail servers do not take")
    made["Subject"] = one_line(words.subject)[:LONGEST_SUBJECT]
    made["Date"] = format_datetime(envelope.at)
    made["Message-ID"] = f"<{envelope.message_id}>"
    made["Auto-Submitted"] = "auto-generated"
    if words.stop:
        made["List-Unsubscribe"] = f"<{words.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_ended(words.text), cte="quoted-printable")
    made.add_alternative(_ended(words.html), subtype="html", cte="quoted-printable")
    if words.calendar:
        method = _METHOD.search(words.calendar)
        params = {"method": method[1]} if method else {}
        made.add_alternative(words.calendar, subtype="calendar", cte="base64", params=params)
    return made


def one_line(words: str) -> str:
    """The words on one line, without anything that cannot be seen: a line break would begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _ended(words: str) -> str:
    return words if words.endswith("\n") else f"{words}\n"
