"""Passwords: hashed with argon2id, long enough, and none that everybody knows."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128

# Those of the usual lists of leaked passwords that are long enough, reduced to letters and digits.
COMMON = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456789123 123123123123 111111111111 000000000000 012345678910
    1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop12 qwertyuiop123 qwertyuiopasdf qwerty123456 qwerty1234567 asdfghjkl123
    zxcvbnm12345 password1234 password12345 password123456 passwordpassword passw0rd1234 p4ssw0rd1234
    iloveyou1234 iloveyou12345 letmein12345 letmein123456 welcome12345 welcome123456 administrator
    administrator1 administrator123 changeme1234 changeme12345 adminadmin12 adminadmin123 administrator1234
    abcdefghijkl abcdefghijklm abcd12345678 abc123abc123 a1b2c3d4e5f6 trustno1trustno1 correcthorsebatterystaple
    football1234 baseball1234 superman1234 princess1234 sunshine1234 dragon123456 monkey123456 computer1234
    internet1234 starwars1234 michael12345 jordan123456 secret123456 mypassword12 mypassword123 newpassword1
    supersecret1 thisismypassword defaultpassword temporarypassword qwertyqwerty 1234qwerasdf
    """.split()
)
# RFC 9106's choice for servers of ordinary memory: argon2id, 64 MB, 3 passes, 4 lanes.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$hgrDSedEEKqiZ8/U5fnW7A$dwiu9eHu3RcpUM7S47jiw16zRDtCrAIx2iRmwkok56g"
"""The hash that is compared with when there is no account: of random bytes, made like all others."""


def problem(password: str, *known: str) -> str:
    """Why a password will not do, in words; empty when it will. `known` are the person's name and address."""
    if len(password) < SHORTEST:
        return f"Make it at least {SHORTEST} characters long: a few words are easiest to keep in mind."
    if len(password) > LONGEST:
        return f"Make it at most {LONGEST} characters long."
    plain = re.sub(r"[^a-z0-9]", "", password.casefold())
    if plain in COMMON or len(set(password)) < 4:
        return "Everybody who guesses passwords tries this one. Take a few words that belong to nobody else."
    if any(len(word) > 3 and plain == re.sub(r"[^a-z0-9]", "", word.casefold()) for word in known):
        return "Your own name or address is the first guess. Take other words."
    return ""


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; takes as long when there is none to compare with."""
    try:
        _hasher.verify(stored or NOBODYS, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
