"""`advocacy people` and `advocacy create-admin`: who is in, and with what."""

import pytest

from advocacy.models import db, logins, roster
from tests.cli.console import Console
from tests.conftest import NOW

ASHA = {
    "email": "asha@x.example",
    "name": "Asha Rao",
    "zone": "Asia/Kolkata",
    "role": "thinker",
    "teams": ["Storage"],
    "can": ["lead", "marketing"],
    "disabled": False,
}


def test_a_person_with_everything(console: Console, page: str) -> None:
    console.says("ladder", "import", page)
    words = ("--name", "Asha Rao", "--role", "thinker", "--team", "Storage", "--leads", "--can", "marketing, lead")
    added = console.json("people-add", "people", "add", "Asha@X.example", *words, "--zone", "Asia/Kolkata")
    assert added == ASHA
    assert console.json("people-list", "people", "list") == [ASHA]


def test_the_smallest_person(console: Console) -> None:
    words = console.says("people", "add", "mark@x.example", "--name", "Mark")
    assert words == "Mark <mark@x.example> is in, without a role.\n"
    assert [(p["role"], p["teams"], p["zone"]) for p in console.json("people-list", "people", "list")] == [
        (None, [], "UTC")
    ]


def test_nobody_yet(console: Console) -> None:
    assert console.json("people-list", "people", "list") == []
    assert console.says("people", "list").startswith("Nobody is in yet: `advocacy people add")


def test_somebody_who_cannot_be_taken_in(console: Console, asha: str) -> None:
    refused = {
        ("asha", "--name", "A"): "'asha' is no e-mail address: write name@example.org",
        ("a@x.example", "--name", " "): "a person needs a name",
        ("a@x.example", "--name", "A", "--zone", "X"): "'X' is no time zone: write one like Asia/Kolkata or UTC",
        ("a@x.example", "--name", "A", "--can", "fly"): "--can fly: known capabilities are lead, marketing, admin",
        ("a@x.example", "--name", "A", "--leads"): "--leads needs --team: which team?",
        (asha, "--name", "A"): f"{asha} is there already; `advocacy people list` shows everybody",
    }
    assert {words: console.refuses(2, "people", "add", *words) for words in refused} == refused
    assert [person["email"] for person in console.json("people-list", "people", "list")] == [asha]


def test_nobody_is_taken_in_for_a_page_that_is_not_there(console: Console, asha: str) -> None:
    words = console.refuses(4, "people", "add", "a@x.example", "--name", "A", "--role", "boss")
    assert words == "there is no role page 'boss'; known: thinker"
    assert [person["email"] for person in console.json("people-list", "people", "list")] == [asha]


def test_a_role_cannot_begin_before_the_one_that_is_held(console: Console, asha: str, page: str) -> None:
    console.run("ladder", "import", page)
    console.says("people", "add", "ben@x.example", "--name", "Ben", "--role", "thinker", "--since", "2026-06-01")
    words = console.refuses(2, "people", "role", "ben@x.example", "thinker", "--since", "2026-05-01")
    assert words == "a role since 2026-06-01 is there already; a new one must begin later"


def test_a_first_role_is_held_since_always(console: Console, asha: str) -> None:
    console.says("people", "add", "mark@x.example", "--name", "Mark")
    told = console.json("people-role", "people", "role", "mark@x.example", "thinker")
    assert told == {"person": "mark@x.example", "role": "thinker", "on": "1970-01-01", "changed": True}


def test_leave_is_noted_once(console: Console, asha: str) -> None:
    words = ("people", "away", asha, "--from", "2026-08-03", "--to", "2026-08-21")
    assert console.json("people-away", *words) == {"person": asha, "from": "2026-08-03", "to": "2026-08-21"}
    assert console.says(*words) == "Asha is away from 2026-08-03 to 2026-08-21.\n"


def test_leave_that_ends_before_it_begins(console: Console, asha: str) -> None:
    words = console.refuses(2, "people", "away", asha, "--from", "2026-08-03", "--to", "2026-08-01")
    assert words == "--to 2026-08-01 lies before --from 2026-08-03"


def test_an_admin_gets_a_link_that_sets_the_password(console: Console) -> None:
    made = console.json("create-admin", "create-admin", "adam@x.example", "--name", "Adam")
    assert made["email"] == "adam@x.example"
    assert [(p["name"], p["can"]) for p in console.json("people-list", "people", "list")] == [("Adam", ["admin"])]
    assert console.app.test_client().get(made["link"].partition(":8000")[2]).status_code == 200


def test_somebody_who_is_in_becomes_an_admin_and_stays_who_they_are(console: Console, asha: str) -> None:
    console.says("create-admin", asha)
    assert [(p["name"], p["can"]) for p in console.json("people-list", "people", "list")] == [("Asha", ["admin"])]


def test_an_admin_without_an_address(console: Console) -> None:
    assert console.refuses(2, "create-admin", "adam") == "'adam' is no e-mail address: write name@example.org"


def test_a_granted_right_ends_the_logins_from_before(console: Console, asha: str) -> None:
    token = signed_in(console, asha)
    console.says("create-admin", asha)
    assert opens(console, token) is False


def test_somebody_is_shut_out_and_let_in_again(console: Console, asha: str) -> None:
    token = signed_in(console, asha)
    assert opens(console, token) is True
    told = [console.json("people-disable", "people", word, asha) for word in ("disable", "disable", "enable")]
    assert [(one["disabled"], one["changed"]) for one in told] == [(True, True), (True, False), (False, True)]
    assert opens(console, token) is False
    assert console.says("people", "enable", asha) == "Asha: it was so already; nothing was changed.\n"


def test_somebody_is_erased_when_it_is_confirmed(console: Console, asha: str) -> None:
    for answer in ("", "n\n"):
        words = console.refuses(2, "people", "erase", asha, stdin=answer)
        assert words.endswith("Nothing was erased: it was not confirmed. Answer y, or say --yes.")
    assert [person["email"] for person in console.json("people-list", "people", "list")] == [asha]
    gone = console.json("people-erase", "people", "erase", asha, "--yes")
    assert gone == {"person": asha, "accounts": 0, "activities": 0, "shared": 0, "verdicts": 0}
    assert console.json("people-list", "people", "list") == []


@pytest.mark.parametrize("words", [("disable",), ("enable",), ("erase", "--yes")])
def test_nobody_is_not_somebody(console: Console, words: tuple[str, ...]) -> None:
    told = console.refuses(4, "people", *words, "nobody@x.example")
    assert told == "nobody has the address 'nobody@x.example'; `advocacy people list` shows everybody"


def signed_in(console: Console, email: str) -> str:
    """The cookie of a browser of theirs."""
    with console.app.app_context():
        token = logins.begin(roster.by_email(email).id, NOW)
        db.session.commit()
    return token


def opens(console: Console, token: str) -> bool:
    """Whether the cookie opens a page."""
    browser = console.app.test_client()
    browser.set_cookie("advocacy", token)
    return browser.get("/logins").status_code == 200
