"""What no browser of ours would send is answered in words, never by a fault."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest

from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
HUGE = "9" * 25  #: larger than any key
LARGE = 2**31  #: larger than a key of PostgreSQL
LONG = "".join(chr(0x4E00 + i * 7 % 20_000) for i in range(1900))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((f"/expectations/{number}", 404) for number in (HUGE, LARGE)),
        *((f"/sources/{number}/forget", 404) for number in (HUGE, LARGE)),
        *((f"/sources/connect/{number}", 404) for number in (HUGE, LARGE)),
        *((f"/expectations/1?before=2026-01-01.{number}", 400) for number in (HUGE, LARGE)),
        ("/?period=%00", 400),
        ("/setup/%00", 404),
    ],
)
def test_addresses_nobody_gave_out(cast: Cast, sign_in: SignIn, path: str, status: int) -> None:
    assert sign_in(cast.asha).client.get(path).status_code == status


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        (f"/logins/{LARGE}/end", {}, 404),
        (f"/ladder/{HUGE}", {"rule": ""}, 404),
        *(("/expectations/1/verdicts", {"activity": f"{number}"}, 400) for number in (HUGE, LARGE)),
        ("/sign-in", {"email": "a\x00@example.org", "password": "x"}, 400),
        ("/sources/connect/feed", {"address": "https://blog.example/\x00"}, 400),
        ("/sources/connect/feed", {"address": "https://blog.example/\x1b[2J"}, 422),
        ("/sources/connect/feed", {"address": f"https://blog.example/{LONG}"}, 422),
        ("/sources/connect/feed", {"address": "https://asha:secret@blog.example/"}, 422),
        ("/ladder/import/apply", {"packed": "é", "name": "page.md"}, 400),
        ("/ladder/import/apply", {"packed": "IyBhCg=", "name": "page.md"}, 400),
        ("/ladder/import/apply", {"packed": urlsafe_b64encode(b"#" * (2**20 + 1)).decode()}, 413),
    ],
)
def test_forms_nobody_filled_in(cast: Cast, sign_in: SignIn, path: str, form: dict[str, Any], status: int) -> None:
    browser = sign_in(cast.adam if path.startswith("/ladder") else cast.asha)
    assert browser.post(path, **form).status_code == status


def test_a_role_page_as_large_as_may_be_gets_through_its_preview(cast: Cast, sign_in: SignIn) -> None:
    page = b"# Large Engineer\n\n" + b"Who runs it, and who pays for it? " * 4 + b"\n"
    page += b"And so on, in as many words as a page may have before somebody asks for less of it, please.\n" * 9_000
    packed = urlsafe_b64encode(page + b"\n## Work\n\n- Write about storage.\n").decode()
    answer = sign_in(cast.adam).post("/ladder/import/apply", packed=packed, name="large.md")
    assert (len(packed) > 2**20, answer.status_code) == (True, 303)
