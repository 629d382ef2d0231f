"""The code that shows a handle to be its person's."""

from advocacy.domain.activity import Platform
from advocacy.domain.proof import code_of, is_shown


def test_a_code_is_one_persons_for_one_address_on_one_platform() -> None:
    asha = code_of("key", 1, Platform.X, "asha_k")
    assert asha == code_of("key", 1, Platform.X, "Asha_K")
    others = {
        code_of("other key", 1, Platform.X, "asha_k"),
        code_of("key", 2, Platform.X, "asha_k"),
        code_of("key", 1, Platform.REDDIT, "asha_k"),
        code_of("key", 1, Platform.X, "asha"),
    }
    assert len(others | {asha}) == 5


def test_a_code_is_seen_wherever_it_stands_and_never_an_empty_one() -> None:
    code = code_of("key", 1, Platform.X, "asha_k")
    assert is_shown(code, f"Storage, cats.{code.upper()}!")
    assert not is_shown(code, "Storage, cats. advocacy-0000000000")
    assert not is_shown("", "Storage, cats")
