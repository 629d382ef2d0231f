"""What the people of the simulated year say: about their work, about the rest of life, and in words of their own."""

import random

WORK = ("OpenEBS", "Mayastor", "LocalPV", "cStor", "Jiva")
"""Whoever names one of these speaks about work."""

LATER = "bluefin"
"""A project that is work only from the day on which the organisation says so."""

SECRET = "project heron"
"""What one person does not want to be kept, wherever it stands."""

_HAPPENED = (
    "rebuilt a replica while the database kept writing",
    "lost a node & nobody noticed",
    "came back after the upgrade with every volume attached",
    "filled its pool at 3 in the morning",
    "gives the same latency with <four> replicas as with two",
    "refuses to schedule when the disk carries an old label",
    "moved forty volumes off one rack",
    "ate a whole core until we set hugepages",
    "passed the power-off test, five times of five",
    "needs its own network as soon as there are three writers",
)
_WHERE = (
    "on bare metal",
    "on three small nodes",
    "in the lab",
    "in the Dublin region",
    "on the old ThinkServers",
    "on arm64",
    "under PostgreSQL",
    "below a Kafka with nine brokers",
    "on a kind cluster",
    "behind a slow switch",
)
_AFTER = (
    "Notes follow.",
    "I did not expect that.",
    "The graph is worth a look 📈",
    "Ask me anything.",
    "It took two evenings to see why.",
    "“Works here” is no test.",
    "Next week: the same with load.",
    "Manifests are in the repository.",
)
_LIFE = (
    "The swifts are back above our street",
    "My sourdough has a mind of its own",
    "Rain all day, and the bicycle got its new chain",
    "The neighbours’ cat has adopted us",
    "Forty kilometres along the canal, then cake",
    "The cinema round the corner shows silent films again",
    "Tomatoes on the balcony: eleven, all green",
    "Three chords on the ukulele, and everybody is annoyed",
)
_STRANGERS = (
    "Same here.",
    "How large was it?",
    "Thanks, that saved my evening.",
    "I would not have thought so.",
    "Which version?",
    "Please write that up!",
)
_TITLES = (
    "Who pays for a replica of {}?",
    "{} after the storm: what broke and what did not",
    "Ten things I unlearned about {}",
    "Why our {} pools are small now",
    "A disk died below {}, and it was fine",
    "{}: reading the events from the bottom up",
    "The long way from iSCSI to {}",
    "How we size {} for a database nobody owns",
    "What a year of {} costs in electricity",
    "Draining nodes that carry {}, in order",
)


class Words:
    """Sentences drawn by the dice; no two about work are alike."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._drawn = 0

    def work(self, about: str = "") -> str:
        """Something about work; `about` names something else that it is about, and nothing else then."""
        self._drawn += 1
        draw = self._dice.choice
        if about:
            return f"{about} again. (No. {self._drawn})"
        return f"{draw(WORK)} {draw(_HAPPENED)} {draw(_WHERE)}. {draw(_AFTER)} (No. {self._drawn})"

    def title(self) -> str:
        """A headline about work; no two are alike, for the same title elsewhere would be the same work."""
        self._drawn += 1
        return f"{self._dice.choice(_TITLES).format(self._dice.choice(WORK))} ({self._drawn})"

    def life(self) -> str:
        """Something that is nobody's business here."""
        self._drawn += 1
        return f"{self._dice.choice(_LIFE)}. Day {self._drawn}."

    def stranger(self) -> str:
        """What somebody else says to it."""
        return self._dice.choice(_STRANGERS)


def is_work(text: str) -> bool:
    """Whether somebody who reads it would say that it is about work."""
    return any(name in text for name in WORK)
