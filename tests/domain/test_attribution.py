import pytest

from advocacy.domain.attribution import is_by


@pytest.mark.parametrize(
    ("wanted", "authors", "mine"),
    [
        ("", (), True),
        ("", ("Somebody Else",), True),
        ("Asha Rao", ("Asha Rao",), True),
        ("asha rao", ("RAO, Asha",), True),
        ("Asha Rao", ("Ben Ode", "Asha Rao"), True),
        ("Asha Rao", ("Asha Rao and Ben Ode",), True),
        ("Asha Rao", ("Asha M. Rao",), True),
        ("asha@tern.example", ("asha@tern.example (Asha Rao)",), True),
        ("Ashá", ("Ashá",), True),
        ("Asha Rao", ("Asha Raoul",), False),
        ("Asha Rao", ("Asha",), False),
        ("Asha Rao", (), False),
        ("asha@tern.example", ("asha@other.example",), False),
        ("@", ("Somebody",), False),
        ("“”", ("Somebody",), False),
    ],
)
def test_an_entry_is_by_whom_it_names(wanted: str, authors: tuple[str, ...], mine: bool) -> None:
    assert is_by(wanted, authors) is mine
