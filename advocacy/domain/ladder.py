"""From the source of a role page to its value: headings are sections, bullets are expectations."""

import re
from urllib.parse import unquote, urlsplit

from advocacy.domain.outline import Block, BlockKind, outline
from advocacy.domain.page_groups import Group, groups_of, report_untaken, take_paragraphs, taken_from
from advocacy.domain.page_source import SHAPE, page_text, stem_of, without_front
from advocacy.domain.role_page import Bullet, LadderError, Names, Problem, RolePage, Section
from advocacy.domain.wording import normal, slug, words

__all__ = ["Bullet", "LadderError", "Problem", "RolePage", "Section", "read"]

MOST_BULLETS = 1_000
KEY_WORDS = 8
_PARENT = re.compile(
    r"\b(?:expected to (?:also )?(?:fill|meet)|in addition to|builds? (?:up)?on|also expected)\b", re.I
)


def read(source: bytes | str, name: str) -> RolePage:
    """Read the source of a role page called `name` (a file name or a slug); LadderError when it is none."""
    problems: list[Problem] = []
    text = page_text(source, name)
    text, front_title = without_front(text)
    groups = groups_of(outline(text))
    title, title_block = _title(groups, front_title, name, problems)
    for group in groups:
        group.taken = taken_from(group, title, problems)
    if not any(group.taken for group in groups):
        take_paragraphs(groups, title_block, problems)
    report_untaken(groups, title_block, problems)
    _refuse_empty(groups, text, name, tuple(problems))
    sections = _sections(groups, title, title_block, problems)
    page_slug = slug(stem_of(name))
    return RolePage(
        slug=page_slug,
        title=title,
        overview=_overview(groups, title_block),
        parents=_parents(groups, page_slug, problems),
        sections=sections,
        problems=tuple(sorted(problems, key=lambda p: p.line or 0)),
    )


def _title(groups: list[Group], front_title: str, name: str, problems: list[Problem]) -> tuple[str, Block | None]:
    for group in groups:
        if group.heading and group.heading.level == 1:
            return group.heading.text, group.heading
    title = front_title or " ".join(words(stem_of(name))).capitalize() or "Role"
    if not front_title:
        problems.append(
            Problem(
                line=1,
                what=f"the page has no title, so it is called “{title}” after its file",
                mend="put # and the role's name on the first line",
            )
        )
    return title, None


def _refuse_empty(groups: list[Group], text: str, name: str, problems: tuple[Problem, ...]) -> None:
    count = sum(len(group.taken) for group in groups)
    if count > MOST_BULLETS:
        raise LadderError(
            name,
            f"{count:,} expectations were found, more than {MOST_BULLETS:,}",
            "Give the page of one role alone",
            problems,
        )
    if count:
        return
    if text.lstrip()[:1] in ("{", "["):
        raise LadderError(name, "line 1 looks like JSON, not Markdown", SHAPE, problems)
    headings = sum(group.heading is not None for group in groups)
    what = f"it has {headings} headings but no bullet below them" if headings else "it has neither headings nor bullets"
    raise LadderError(name, f"not one expectation was found: {what}", SHAPE, problems)


def _sections(
    groups: list[Group], title: str, title_block: Block | None, problems: list[Problem]
) -> tuple[Section, ...]:
    slugs, keys, seen = Names(), Names(), set[str]()
    sections: list[Section] = []
    for group in (group for group in groups if group.taken):
        name = _section_title(group, title)
        if normal(name) in seen:
            name = _doubled(group, name, seen, problems)
        seen.add(normal(name))
        section_slug = slugs.free((group.heading.id if group.heading else "") or slug(name))
        about = "" if group.heading is title_block else group.about
        sections.append(
            Section(slug=section_slug, title=name, about=about, bullets=_bullets(group, section_slug, keys, problems))
        )
    return tuple(sections)


def _section_title(group: Group, title: str) -> str:
    if group.heading is None:
        return title
    return " – ".join([above.text for above in group.above if above.level >= 3] + [group.heading.text])


def _doubled(group: Group, name: str, seen: set[str], problems: list[Problem]) -> str:
    problems.append(
        Problem(
            line=group.line,
            what=f"a section is called “{name}” for the second time",
            mend="give each section a name of its own",
        )
    )
    longer = f"{group.above[-1].text} – {name}" if group.above else name
    return name if normal(longer) in seen else longer


def _bullets(group: Group, section: str, keys: Names, problems: list[Problem]) -> tuple[Bullet, ...]:
    bullets: list[Bullet] = []
    for position, block in enumerate(group.taken):
        wanted = block.id or f"{section}/{slug(' '.join(block.text.split()[:KEY_WORDS]))}"
        key = keys.free(wanted)
        if key != wanted:
            problems.append(
                Problem(
                    line=block.line,
                    what=f"“{wanted}” stands on the page twice",
                    mend="take one out, or word them differently",
                )
            )
        bullets.append(Bullet(key=key, text=block.text, section=section, position=position, explicit=bool(block.id)))
    return tuple(bullets)


def _overview(groups: list[Group], title_block: Block | None) -> str:
    first = next(index for index, group in enumerate(groups) if group.taken)
    said = [
        group.about
        for index, group in enumerate(groups)
        if group.heading is title_block or group.heading is None or (index < first and not group.taken)
    ]
    return "\n\n".join(filter(None, said))


def _parents(groups: list[Group], own: str, problems: list[Problem]) -> tuple[str, ...]:
    parents: dict[str, None] = {}
    paragraphs = (block for group in groups for block in group.blocks if block.kind is BlockKind.PARAGRAPH)
    for block in paragraphs:
        for said in _PARENT.finditer(block.text):
            stop = re.compile(r"[.!?](?=\s|$)").search(block.text, said.end())
            end = stop.start() if stop else len(block.text)
            linked = [_linked(link.href) for link in block.links if said.start() <= link.at <= end]
            parents |= dict.fromkeys(parent for parent in linked if parent and parent != own)
            if own in linked:
                problems.append(
                    Problem(
                        line=block.line,
                        what="the page names itself as its parent role",
                        mend="link the page of the level below",
                    )
                )
    return tuple(parents)


def _linked(href: str) -> str:
    path = unquote(urlsplit(href).path).rstrip("/")
    return slug(stem_of(path)) if path else ""
