"""Which passwords will do, and how they are compared."""

import pytest

from advocacy import passwords


@pytest.mark.parametrize(
    "word", ["short", "x" * 129, "password1234", "Pass-Word 1234", "aaaaaaaaaaaa", "123456789012", "Asha Kulkarni"]
)
def test_what_is_guessed_first_is_refused(word: str) -> None:
    assert passwords.problem(word, "Asha Kulkarni", "asha@tern.example") != ""


@pytest.mark.parametrize("word", ["seven wet otters juggle", "пароль из слов", "x7!kQ2#mZ9@p", "é" * 4 + "abcdefgh"])
def test_what_is_ones_own_is_taken(word: str) -> None:
    assert passwords.problem(word, "Asha Kulkarni", "asha@tern.example") == ""


def test_twelve_to_a_hundred_and_twenty_eight_characters() -> None:
    """Not bytes: whoever writes in another alphabet has as many."""
    lengths = {size: passwords.problem(("пароль zyx" * 13)[:size]) == "" for size in (11, 12, 128, 129)}
    assert lengths == {11: False, 12: True, 128: True, 129: False}


def test_the_hash_is_argon2id_and_knows_its_password() -> None:
    stored = passwords.hashed("seven wet otters juggle")
    assert stored.startswith("$argon2id$")
    assert passwords.is_right("seven wet otters juggle", stored)
    assert not passwords.is_right("seven wet otters", stored)


def test_nobody_has_no_password() -> None:
    assert not passwords.is_right("nobody's password, for those who are not there", None)
    assert not passwords.is_right("x", "not a hash")
