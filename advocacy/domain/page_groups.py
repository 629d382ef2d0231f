"""What stands below each heading of a page, and which of it are expectations.

A nested bullet is a bullet of its own; below a bullet that ends in a colon it continues that one. Of a table each
row is a bullet. Where a page has no list at all, the short paragraphs below its headings are taken instead.
"""

import re
from dataclasses import dataclass, field

from advocacy.domain.outline import Block, BlockKind
from advocacy.domain.role_page import Problem
from advocacy.domain.wording import normal, words

LONGEST_PARAGRAPH = 300  #: characters that a paragraph may have to be read as an expectation
_COLUMN = re.compile(r"expect|requirement|responsib|behaviou?r|competenc|description|what", re.I)


@dataclass(slots=True)
class Group:
    """A heading with what stands below it."""

    heading: Block | None
    above: tuple[Block, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    taken: list[Block] = field(default_factory=list)

    @property
    def about(self) -> str:
        """Its paragraphs, an empty line between them."""
        return "\n\n".join(b.text for b in self.blocks if b.kind is BlockKind.PARAGRAPH and b.text)

    @property
    def line(self) -> int | None:
        """The line of its heading."""
        return self.heading.line if self.heading else None


def groups_of(blocks: tuple[Block, ...]) -> list[Group]:
    """The blocks of a page by the heading above them."""
    groups, stack = [Group(None)], list[Block]()
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.text:
            stack = [above for above in stack if above.level < block.level]
            groups.append(Group(block, tuple(stack)))
            stack.append(block)
        elif block.kind is not BlockKind.HEADING:
            groups[-1].blocks.append(block)
    return groups


def taken_from(group: Group, title: str, problems: list[Problem]) -> list[Block]:
    """The expectations of a group; what was odd is added to the problems."""
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


def take_paragraphs(groups: list[Group], title_block: Block | None, problems: list[Problem]) -> None:
    """Take short paragraphs for expectations, on a page without any list."""
    for group in groups:
        if group.heading is None or group.heading is title_block or is_overview(group):
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


def is_overview(group: Group) -> bool:
    """Whether the heading says that no expectation follows."""
    return bool(group.heading) and normal(group.heading.text if group.heading else "") in {
        "overview",
        "about",
        "introduction",
        "intro",
        "summary",
        "background",
        "purpose",
    }


def report_untaken(groups: list[Group], title_block: Block | None, problems: list[Problem]) -> None:
    """Add a problem for each heading whose text was passed over."""
    first = next((index for index, group in enumerate(groups) if group.taken), len(groups))
    for index, group in enumerate(groups):
        parent = index + 1 < len(groups) and group.heading in groups[index + 1].above
        if group.taken or not group.heading or group.heading is title_block or is_overview(group):
            continue
        if not parent and (index > first or not group.blocks):
            problems.append(
                Problem(
                    line=group.line,
                    what=f"no list was found below “{group.heading.text}”",
                    mend="put a dash and a space before each expectation",
                )
            )
