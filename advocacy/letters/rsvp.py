"""The address by which somebody answers an invitation without signing in: signed, and stored nowhere."""

from itsdangerous import BadData, URLSafeSerializer

from advocacy import running
from advocacy.addresses import address
from advocacy.models.base import Missing


def rsvp_address(class_id: int, person_id: int) -> str:
    """Where this person answers for this class."""
    return address("rsvp.ask", token=_signer().dumps([class_id, person_id]))


def answered(token: str) -> tuple[int, int]:
    """Which class, and who; raise Missing for an address that we did not sign."""
    try:
        class_id, person_id = _signer().loads(token)
    except (BadData, ValueError, TypeError) as error:
        raise Missing("there is nothing here") from error
    return int(class_id), int(person_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(running.settings().secret_key, salt="classes.rsvp")
