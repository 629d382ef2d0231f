"""The ways in which a message may not go: they decide whether it is tried again."""


class Undelivered(Exception):
    """It did not go, or nobody knows; the words say why, on one line."""


class Refused(Undelivered):
    """The other side will not have it, now or later."""


class TryLater(Undelivered):
    """It surely did not go, and may the next time."""


class Unsure(Undelivered):
    """The line broke after the whole message was sent: it may have arrived, and a second one is worse than none."""
