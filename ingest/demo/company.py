"""Tern Data: who works there, since when, and where they write. Days are counted back from today."""

from dataclasses import dataclass

from advocacy.domain.activity import Platform
from advocacy.models.words import Capability

LEAD, SENIOR, ENGINEER = "lead-engineer", "senior-engineer", "engineer"
HALFWAY = -1  #: in the middle of the quarter so far, whatever day it is
LONG_NAME = "Maximiliana Wolfeschlegelsteinhausenbergerdorff de la Santísima Trinidad y Fernández de Córdoba"


@dataclass(frozen=True, slots=True)
class Handle:
    """A blog's address below the server's `blogs/`, and the author it is filtered by."""

    path: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """A handle on a platform of the loopback world; on Stack Exchange `site/number`."""

    platform: Platform
    handle: str
    hidden: bool = False  #: the profile shows nothing to strangers

    @property
    def address(self) -> str:
        """As a person connects it."""
        if self.platform is not Platform.STACKEXCHANGE:
            return self.handle
        site, _, number = self.handle.partition("/")
        return f"https://{site}/users/{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the company; `roles` are (role page, since how many days), `away` is (from, to) in days ago."""

    first: str
    name: str
    zone: str
    about: str
    can: tuple[Capability, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    team: str = ""
    leads: bool = False
    handles: tuple[Handle, ...] = ()
    presences: tuple[Presence, ...] = ()
    refuses: bool = False  #: an admin connected the handles, and the person said no
    away: tuple[int, int] | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.first}@tern.example"


X, REDDIT, STACKEXCHANGE = Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE

COMPANY = (
    Member(
        first="asha",
        name="Asha Kulkarni",
        zone="Asia/Kolkata",
        about="lead engineer with a lived-in page",
        roles=((SENIOR, 900), (LEAD, 450)),
        team="Storage",
        handles=(Handle("asha/feed.xml"), Handle("til/"), Handle("tern/atom.xml", "Asha Kulkarni")),
        presences=(
            *(Presence(X, "asha_blocks"), Presence(REDDIT, "asha_blocks")),
            *(Presence(STACKEXCHANGE, "stackoverflow.com/2201"), Presence(STACKEXCHANGE, "serverfault.com/2201")),
        ),
    ),
    Member(
        first="lena",
        name="Lena Hoffmann",
        zone="Europe/Berlin",
        about="leads the Storage team; her own blog is broken",
        can=(Capability.LEAD,),
        roles=((LEAD, 700),),
        team="Storage",
        leads=True,
        handles=(Handle("lena/feed.xml"), Handle("tern/atom.xml", "Lena Hoffmann")),
        presences=(Presence(X, "lenahoffmann"), Presence(REDDIT, "lena_leads")),
    ),
    Member(
        first="mark",
        name="Mark Osei",
        zone="Europe/London",
        about="marketing; no role page",
        can=(Capability.MARKETING,),
    ),
    Member(
        first="adam",
        name="Adam Reyes",
        zone="America/New_York",
        about="admin: ladder, people, health",
        can=(Capability.ADMIN,),
    ),
    Member(
        first="sofia",
        name="Sofía Núñez",
        zone="America/Mexico_City",
        about="changed her role in the middle of this quarter; her feed moved",
        roles=((ENGINEER, 600), (SENIOR, HALFWAY)),
        team="Chaos",
        handles=(Handle("sofia/index.rdf"), Handle("tern/atom.xml", "Sofía Núñez")),
        presences=(Presence(X, "sofia_caos"), Presence(REDDIT, "sofia_caos")),
    ),
    Member(
        first="joon",
        name="Joon Park",
        zone="Asia/Seoul",
        about="engineer, writes in two languages",
        roles=((ENGINEER, 200),),
        team="Storage",
        handles=(Handle("joon/feed.json"), Handle("tern/atom.xml", "Joon Park")),
        presences=(
            *(Presence(X, "joonpark_dev"), Presence(REDDIT, "joon_dev")),
            Presence(STACKEXCHANGE, "stackoverflow.com/3302"),
        ),
    ),
    Member(
        first="siobhan",
        name="Siobhán O'Leary 🦭",
        zone="Europe/Dublin",
        about="apostrophe, seal, and a site that attacks its readers",
        roles=((SENIOR, 500),),
        team="Storage",
        handles=(Handle("siobhan/"), Handle("tern/atom.xml", "Siobhán O'Leary 🦭"), Handle("planet/feed.xml")),
        presences=(Presence(X, "siobhan_oleary"), Presence(REDDIT, "seal_and_blocks", hidden=True)),
    ),
    Member(
        first="layla",
        name="ليلى حدّاد",
        zone="Asia/Amman",
        about="a name from right to left; three weeks of leave",
        roles=((ENGINEER, 400),),
        team="Storage",
        handles=(Handle("layla/feed.xml"), Handle("tern/atom.xml", "ليلى حدّاد")),
        presences=(Presence(STACKEXCHANGE, "stackoverflow.com/4403"),),
        away=(34, 14),
    ),
    Member(
        first="max",
        name=LONG_NAME,
        zone="Europe/Madrid",
        about="leads Chaos; a very long name, and a wiki that wants a password",
        can=(Capability.LEAD,),
        roles=((SENIOR, 800),),
        team="Chaos",
        leads=True,
        handles=(Handle("wolfe/feed.xml"), Handle("tern/atom.xml", LONG_NAME), Handle("wiki/feed.xml")),
        presences=(
            *(Presence(X, "wolfe_capacity"), Presence(REDDIT, "wolfe_capacity")),
            Presence(STACKEXCHANGE, "serverfault.com/5504"),
        ),
    ),
    Member(
        first="viktor",
        name="Viktor Lund",
        zone="Europe/Stockholm",
        about="shares nothing, which is his right",
        roles=((SENIOR, 650),),
        team="Chaos",
        handles=(Handle("tern/atom.xml", "Viktor Lund"),),
        refuses=True,
    ),
    Member(
        first="nia",
        name="Nia Mbeki",
        zone="Africa/Johannesburg",
        about="new this week, nothing connected",
        roles=((ENGINEER, 3),),
        team="Storage",
    ),
)
