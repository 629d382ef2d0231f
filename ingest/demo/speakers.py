"""Who of the company stands in the speakers directory, and what they tell there; others tell nothing, or not yet."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advocacy.domain.profile import BLOCKS, Link, Told
from advocacy.models import portraits, profile, publishing, speaker_files
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.words import Visibility
from advocacy.picture import portrait
from ingest.demo.faces import face

PUBLIC, MARKETING = Visibility.PUBLIC, Visibility.MARKETING
HANDED = """# Max

- Email: max@tern.example
- Company: Tern Data
- Topics: Capacity planning, Chaos engineering.
- Travel: travels within their country
"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody's page, and for whom it is but for what `narrower` keeps to marketing."""

    first: str
    told: Told
    narrower: tuple[str, ...] = ()


SPEAKERS = (
    Speaker(
        "asha",
        Told(
            headline="Keeps storage alive, and breaks it first",
            title="Lead engineer",
            short_bio="Asha Kulkarni keeps other people’s data alive on Kubernetes. She breaks it first, to see "
            "whether she can.",
            bio="Asha keeps other people’s data alive on Kubernetes, and breaks it first to see whether she can.\n\n"
            "She has run etcd through every way to lose a majority, writes about what failed at "
            "[her blog](https://asha.example), and teaches storage people to read *eBPF* before they need it.",
            formats=("talk", "workshop", "webinar"),
            travels="anywhere",
            availability="two talks a quarter",
            links=(Link("GitHub", "asha-blocks", "https://github.example/asha-blocks"), Link("X", "@asha_blocks")),
        ),
    ),
    Speaker(
        "lena",
        Told(
            headline="Leads people who keep volumes alive",
            title="Engineering lead",
            short_bio="Lena Hoffmann leads the storage team at Tern Data and speaks about teams that learn in public.",
            bio="Lena leads the storage team at Tern Data.\n\nBefore that she was on call for ten years, which is why "
            "her talks are about upgrades that nobody notices, and about teams that learn in public: see "
            "[the team’s blog](https://tern.example).",
            topics=("Team learning", "Kubernetes storage", "Upgrades"),
            languages=("Deutsch", "English"),
            residence="Berlin, Germany",
            formats=("talk", "panel", "podcast"),
            travels="continent",
        ),
        narrower=("place",),
    ),
    Speaker(
        "joon",
        Told(
            headline="Makes slow disks confess",
            title="Engineer",
            short_bio="Joon Park reads flame graphs so that others need not. He writes in Korean and English.",
            topics=("Performance", "eBPF", "Kubernetes storage"),
            languages=("한국어", "English"),
            residence="Seoul, Korea",
            formats=("lightning talk", "talk"),
            travels="online",
        ),
    ),
    Speaker(
        "sofia",
        Told(
            headline="Chaos, on purpose",
            title="Senior engineer",
            short_bio="Sofía Núñez breaks clusters for a living and tells what they taught her.",
            bio="Sofía breaks clusters for a living and tells what they taught her, in Spanish wherever she can.",
            topics=("Chaos engineering", "Incident reviews"),
            languages=("Español", "English"),
            residence="Mexico City, Mexico",
            formats=("talk", "workshop", "podcast"),
            travels="country",
        ),
        narrower=("bio", "topics"),
    ),
    Speaker(
        "layla",
        Told(
            title="Engineer",
            short_bio="ليلى مهندسة تخزين تكتب عن التعافي من الكوارث بالعربية.",
            topics=("Disaster recovery", "النسخ الاحتياطي"),
            languages=("العربية", "English"),
            residence="Amman, Jordan",
            formats=("webinar", "talk"),
            travels="region",
        ),
    ),
)


def live(people: dict[str, Person], now: datetime) -> None:
    """Let them have published what they tell; Asha has changed hers since, and a file about Max waits. Commit."""
    for one in SPEAKERS:
        _publish(people[one.first], one, now - timedelta(days=20))
    asha = people["asha"]
    profile.save(asha, replace(profile.of(asha).told, availability="two talks a quarter, none in December"), now)
    speaker_files.hand(people["max"].id, "max.md", HANDED, now - timedelta(days=2))
    db.session.commit()


def _publish(person: Person, one: Speaker, now: datetime) -> None:
    """What somebody told before stays where nothing else is told now."""
    before = profile.of(person).told.stored()
    said = {name: value for name, value in one.told.stored().items() if value}
    told = Told.of({**before, **said, "name": person.name, "company": "Tern Data", "speaks": True})
    seen_by = {block: MARKETING if block in one.narrower else PUBLIC for block in BLOCKS}
    portraits.put(
        person.id, portrait(face(person.name)), f"Drawing of {person.name}, smiling", "drawn by the demo", now
    )
    profile.save(person, told, now, seen_by=seen_by)
    publishing.approve(person, now)
