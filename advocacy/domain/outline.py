"""A Markdown text as a flat run of blocks: headings, paragraphs, list items, table rows, with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
_ID = re.compile(r"\s*\{#([A-Za-z0-9][\w./-]{0,79})\s*\}\s*$", re.ASCII)
_TASK = re.compile(r"^\[[ xX]\]\s+")


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link, and where in the plain text of its block it begins."""

    at: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block; `level` is a heading's level or an item's depth, `id` what stood in `{#…}` at its end."""

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    id: str = ""
    links: tuple[Link, ...] = ()
    numbered: bool = False
    children: bool = False
    rows: tuple[tuple[str, ...], ...] = ()  #: a table's, the header first
    row_lines: tuple[int, ...] = ()


def outline(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in the order of the page."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(text))
    return tuple(_walk(tree.children, 0))


def _walk(nodes: list[SyntaxTreeNode], depth: int) -> Iterator[Block]:
    for node in nodes:
        line = (node.map[0] if node.map else 0) + 1
        if node.type == "heading":
            yield _block(BlockKind.HEADING, [node], line, int(node.tag[1:]))
        elif node.type == "paragraph":
            yield _block(BlockKind.PARAGRAPH, [node], line, depth)
        elif node.type in ("bullet_list", "ordered_list"):
            for item in node.children:
                yield from _item(item, depth + 1, node.type == "ordered_list")
        elif node.type == "table":
            yield _table(node, line)
        elif node.type == "html_block" and not node.content.lstrip().startswith("<!--"):
            yield Block(kind=BlockKind.HTML, text=node.content.strip(), line=line)
        elif node.type == "blockquote":
            yield from _walk(node.children, depth)


def _item(item: SyntaxTreeNode, depth: int, numbered: bool) -> Iterator[Block]:
    line = (item.map[0] if item.map else 0) + 1
    nested = ("bullet_list", "ordered_list", "table", "heading")
    own = [child for child in item.children if child.type not in nested]
    lists = [child for child in item.children if child.type in nested]
    yield _block(BlockKind.ITEM, own, line, depth, numbered, bool(lists))
    yield from _walk(lists, depth)


def _block(
    kind: BlockKind, nodes: list[SyntaxTreeNode], line: int, level: int, numbered: bool = False, children: bool = False
) -> Block:
    text, links = "", list[Link]()
    for node in nodes:
        text = _join(text, node, links)
    if kind is BlockKind.ITEM:
        text, links = _untask(text, links)
    found = _ID.search(text)
    return Block(
        kind=kind,
        text=_ID.sub("", text).strip(),
        line=line,
        level=level,
        id=found[1] if found else "",
        links=tuple(links),
        numbered=numbered,
        children=children,
    )


def _untask(text: str, links: list[Link]) -> tuple[str, list[Link]]:
    bare = _TASK.sub("", text)
    cut = len(text) - len(bare)
    return bare, [Link(at=max(0, link.at - cut), href=link.href) for link in links]


def _join(text: str, node: SyntaxTreeNode, links: list[Link]) -> str:
    for token in _inline(node):
        if token.type == "link_open":
            links.append(Link(at=len(text), href=str(token.attrGet("href") or "")))
        more = re.sub(r"\s+", " ", _plain(token))
        text += more.lstrip() if not text or text.endswith(" ") else more
    return text


def _inline(node: SyntaxTreeNode) -> Iterator[Token]:
    for part in node.walk():
        if part.type == "inline" and part.token:
            yield Token("softbreak", "", 0)
            yield from part.token.children or ()


def _plain(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type == "image":
        return token.content
    return " " if token.type in ("softbreak", "hardbreak", "html_inline") else ""


def _table(node: SyntaxTreeNode, line: int) -> Block:
    rows, lines = list[tuple[str, ...]](), list[int]()
    for row in (part for part in node.walk() if part.type == "tr"):
        rows.append(tuple(" ".join(_join("", cell, []).split()) for cell in row.children))
        lines.append((row.map[0] if row.map else line - 1) + 1)
    return Block(kind=BlockKind.TABLE, text="", line=line, rows=tuple(rows), row_lines=tuple(lines))
