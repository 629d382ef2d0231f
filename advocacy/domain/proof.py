"""Proof that a handle is its person's: a code that only its owner can put into the profile, or into the feed."""

import hmac

from advocacy.domain.activity import Platform

SIGN = "advocacy-"
_LENGTH = 10


def code_of(key: str, person_id: int, platform: Platform, address: str) -> str:
    """The code for one person and one address, always the same; nobody without the installation's key can tell it."""
    told = f"proof {person_id} {platform} {address.casefold()}"
    return SIGN + hmac.new(key.encode(), told.encode(), "sha256").hexdigest()[:_LENGTH]


def is_shown(code: str, words: str) -> bool:
    """Whether what a platform shows holds the code, however it writes capitals."""
    return bool(code) and code.casefold() in words.casefold()
