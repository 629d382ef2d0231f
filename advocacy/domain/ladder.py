"""From the source of a role page to its value: headings are sections, bullets are expectations.

A nested bullet is a bullet of its own; below a bullet that ends in a colon it continues that one. Of a table each
row is a bullet. Where a page has no list at all, the short paragraphs below its headings are taken instead.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from advocacy.domain.mojibake import NotText, decode, repair
from advocacy.domain.outline import Block, BlockKind, outline
from advocacy.domain.role_page import Bullet, LadderError, Names, Problem, RolePage, Section
from advocacy.domain.wording import normal, slug, words

__all__ = ["Bullet", "LadderError", "Problem", "RolePage", "Section", "read"]

LARGEST = 1_000_000  #: bytes
MOST_LINES = 10_000
LONGEST_LINE = 20_000  #: characters; the parser's time grows with the square of a hostile line
MOST_BULLETS = 1_000
LONGEST_PARAGRAPH = 300  #: characters that a paragraph may have to be read as an expectation
KEY_WORDS = 8

_SHAPE = "Write it in Markdown: a title (# Lead engineer), headings (### Social media) and bullets (- Complete surveys)"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_PARENT = re.compile(
    r"\b(?:expected to (?:also )?(?:fill|meet)|in addition to|builds? (?:up)?on|also expected)\b", re.I
)
_HTML = re.compile(r"\A\s*(?:<!doctype html|<html|<\?xml|<head|<body|<rss)", re.I)
_COLUMN = re.compile(r"expect|requirement|responsib|behaviou?r|competenc|description|what", re.I)


@dataclass(slots=True)
class _Group:
    """A heading with what stands below it."""

    heading: Block | None
    above: tuple[Block, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    taken: list[Block] = field(default_factory=list)

    @property
    def about(self) -> str:
        return "\n\n".join(b.text for b in self.blocks if b.kind is BlockKind.PARAGRAPH and b.text)

    @property
    def line(self) -> int | None:
        return self.heading.line if self.heading else None


def read(source: bytes | str, name: str) -> RolePage:
    """Read the source of a role page called `name` (a file name or a slug); LadderError when it is none."""
    problems: list[Problem] = []
    text = _text(source, name)
    text, front_title = _without_front(text)
    groups = _groups(outline(text))
    title, title_block = _title(groups, front_title, name, problems)
    for group in groups:
        group.taken = _taken(group, title, problems)
    if not any(group.taken for group in groups):
        _take_paragraphs(groups, title_block, problems)
    _report_untaken(groups, title_block, problems)
    _refuse_empty(groups, text, name, tuple(problems))
    sections = _sections(groups, title, title_block, problems)
    page_slug = slug(_stem(name))
    return RolePage(
        slug=page_slug,
        title=title,
        overview=_overview(groups, title_block),
        parents=_parents(groups, page_slug, problems),
        sections=sections,
        problems=tuple(sorted(problems, key=lambda p: p.line or 0)),
    )


def _text(source: bytes | str, name: str) -> str:
    size = len(source)
    if size > LARGEST:
        raise LadderError(
            name, f"the file has {size:,} bytes, a role page at most {LARGEST:,}", "Give the page of one role alone"
        )
    try:
        text = repair(decode(source) if isinstance(source, bytes) else source)
    except NotText as error:
        raise LadderError(name, str(error), f"Save the page as text. {_SHAPE}") from error
    if not text.strip():
        raise LadderError(name, "the file is empty", _SHAPE)
    _refuse_shape(text, name)
    return text


def _refuse_shape(text: str, name: str) -> None:
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise LadderError(
            name,
            f"the file has {len(lines):,} lines, a role page at most {MOST_LINES:,}",
            "Give the page of one role alone",
        )
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise LadderError(
                name, f"line {number} has {len(line):,} characters, at most {LONGEST_LINE:,} are read", _SHAPE
            )
    if _HTML.match(text):
        raise LadderError(
            name, "line 1 begins an HTML or XML document", f"Save the page's source, not the web page. {_SHAPE}"
        )


def _without_front(text: str) -> tuple[str, str]:
    front = _FRONT.match(text)
    if not front or not re.search(r"^\w[\w -]*:", front[1], re.M):
        return text, ""
    titled = _FRONT_TITLE.search(front[1])
    return "\n" * front[0].count("\n") + text[front.end() :], titled[1] if titled else ""


def _groups(blocks: tuple[Block, ...]) -> list[_Group]:
    groups, stack = [_Group(None)], list[Block]()
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.text:
            stack = [above for above in stack if above.level < block.level]
            groups.append(_Group(block, tuple(stack)))
            stack.append(block)
        elif block.kind is not BlockKind.HEADING:
            groups[-1].blocks.append(block)
    return groups


def _title(groups: list[_Group], front_title: str, name: str, problems: list[Problem]) -> tuple[str, Block | None]:
    for group in groups:
        if group.heading and group.heading.level == 1:
            return group.heading.text, group.heading
    title = front_title or " ".join(words(_stem(name))).capitalize() or "Role"
    if not front_title:
        problems.append(
            Problem(
                line=1,
                what=f"the page has no title, so it is called “{title}” after its file",
                mend="put # and the role's name on the first line",
            )
        )
    return title, None


def _stem(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.stem if path.suffix.lower() in {".md", ".markdown", ".mdown", ".txt", ".html"} else path.name


def _taken(group: _Group, title: str, problems: list[Problem]) -> list[Block]:
    taken: list[Block] = []
    leads: list[Block] = []
    nested: Block | None = None
    for block in group.blocks:
        if block.kind is BlockKind.ITEM:
            leads = [lead for lead in leads if lead.level < block.level]
            taken += _item(block, leads, problems)
            nested = nested or (block if leads else None)
            leads.append(block)
        elif block.kind is BlockKind.TABLE:
            taken += _rows(block, title, problems)
        elif block.kind is BlockKind.HTML:
            problems.append(Problem(line=block.line, what="HTML is not read", mend="write it as Markdown bullets"))
    if nested:
        problems.append(
            Problem(
                line=nested.line,
                what="bullets below a bullet were read as expectations of their own",
                mend="move them out one step if that is meant",
            )
        )
    numbered = next((b for b in group.blocks if b.numbered), None)
    if numbered:
        problems.append(
            Problem(
                line=numbered.line,
                what="a numbered list was read as bullets, without its numbers",
                mend="nothing need be done",
            )
        )
    return taken


def _item(block: Block, leads: list[Block], problems: list[Problem]) -> list[Block]:
    if not words(block.text):
        if not block.children:
            problems.append(Problem(line=block.line, what="a bullet is empty", mend="fill it or take it out"))
        return []
    if block.links and all(link.href.startswith("#") for link in block.links) and block.links[0].at == 0:
        problems.append(
            Problem(
                line=block.line,
                what=f"“{block.text}” is a link within the page, not an expectation",
                mend="nothing need be done",
            )
        )
        return []
    if block.children and block.text.endswith(":"):
        return []
    lead = " ".join(lead.text for lead in leads if lead.text.endswith(":"))
    return [_with_text(block, f"{lead} {block.text}".strip())]


def _with_text(block: Block, text: str) -> Block:
    return Block(kind=BlockKind.ITEM, text=text, line=block.line, level=block.level, id=block.id)


def _rows(table: Block, title: str, problems: list[Problem]) -> list[Block]:
    header, *body = table.rows
    column = _column(header, body, title)
    problems.append(
        Problem(
            line=table.line,
            what=f"a table was read by its column “{header[column]}”, a row a bullet",
            mend="write the rows as bullets if another column was meant",
        )
    )
    cells = [
        (row[column] if column < len(row) else "", line) for row, line in zip(body, table.row_lines[1:], strict=True)
    ]
    return [Block(kind=BlockKind.ITEM, text=cell, line=line) for cell, line in cells if words(cell)]


def _column(header: tuple[str, ...], body: list[tuple[str, ...]], title: str) -> int:
    for index, cell in enumerate(header):
        if normal(cell) == normal(title):
            return index
    for index, cell in enumerate(header):
        if _COLUMN.search(cell):
            return index
    lengths = [sum(len(row[index]) for row in body if index < len(row)) for index in range(len(header))]
    return lengths.index(max(lengths))


def _take_paragraphs(groups: list[_Group], title_block: Block | None, problems: list[Problem]) -> None:
    for group in groups:
        if group.heading is None or group.heading is title_block or _is_overview(group):
            continue
        group.taken = [
            _with_text(b, b.text)
            for b in group.blocks
            if b.kind is BlockKind.PARAGRAPH and words(b.text) and len(b.text) <= LONGEST_PARAGRAPH
        ]
        group.blocks = [b for b in group.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) > LONGEST_PARAGRAPH]
    first = next((block for group in groups for block in group.taken), None)
    problems.append(
        Problem(
            line=first.line if first else None,
            what="no list and no table was found"
            + (", so each short paragraph was read as an expectation" if first else ""),
            mend="put a dash and a space before each expectation",
        )
    )


def _is_overview(group: _Group) -> bool:
    return bool(group.heading) and normal(group.heading.text if group.heading else "") in {
        "overview",
        "about",
        "introduction",
        "intro",
        "summary",
        "background",
        "purpose",
    }


def _report_untaken(groups: list[_Group], title_block: Block | None, problems: list[Problem]) -> None:
    first = next((index for index, group in enumerate(groups) if group.taken), len(groups))
    for index, group in enumerate(groups):
        parent = index + 1 < len(groups) and group.heading in groups[index + 1].above
        if group.taken or not group.heading or group.heading is title_block or _is_overview(group):
            continue
        if not parent and (index > first or not group.blocks):
            problems.append(
                Problem(
                    line=group.line,
                    what=f"no list was found below “{group.heading.text}”",
                    mend="put a dash and a space before each expectation",
                )
            )


def _refuse_empty(groups: list[_Group], text: str, name: str, problems: tuple[Problem, ...]) -> None:
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
        raise LadderError(name, "line 1 looks like JSON, not Markdown", _SHAPE, problems)
    headings = sum(group.heading is not None for group in groups)
    what = f"it has {headings} headings but no bullet below them" if headings else "it has neither headings nor bullets"
    raise LadderError(name, f"not one expectation was found: {what}", _SHAPE, problems)


def _sections(
    groups: list[_Group], title: str, title_block: Block | None, problems: list[Problem]
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


def _section_title(group: _Group, title: str) -> str:
    if group.heading is None:
        return title
    return " – ".join([above.text for above in group.above if above.level >= 3] + [group.heading.text])


def _doubled(group: _Group, name: str, seen: set[str], problems: list[Problem]) -> str:
    problems.append(
        Problem(
            line=group.line,
            what=f"a section is called “{name}” for the second time",
            mend="give each section a name of its own",
        )
    )
    longer = f"{group.above[-1].text} – {name}" if group.above else name
    return name if normal(longer) in seen else longer


def _bullets(group: _Group, section: str, keys: Names, problems: list[Problem]) -> tuple[Bullet, ...]:
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


def _overview(groups: list[_Group], title_block: Block | None) -> str:
    first = next(index for index, group in enumerate(groups) if group.taken)
    said = [
        group.about
        for index, group in enumerate(groups)
        if group.heading is title_block or group.heading is None or (index < first and not group.taken)
    ]
    return "\n\n".join(filter(None, said))


def _parents(groups: list[_Group], own: str, problems: list[Problem]) -> tuple[str, ...]:
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
    return slug(_stem(path)) if path else ""
