"""The tagger beside the tags that authors gave their own posts: project blogs, and a Stack Exchange site's questions.

Only tags that name one of our topics count (foreign_tags.toml). An author tags what a post is about and leaves out much
that it names, so what is found and not tagged is no proof of a fault: precision is a floor, recall is the measure.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from advocacy.domain.vocabulary import Vocabulary
from benchmarks.quality.score import Score

SHARED = Path(__file__).parents[3] / "shared" / "data"
_MAP = Path(__file__).with_name("foreign_tags.toml")
_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_TITLE = re.compile(r"^title:(.*)$", re.MULTILINE)
_TAGS = re.compile(r"^(?:tags|categories):[ \t]*(\n?\s*\[[^\]]*\]|(?:\n\s*- .*)+|.*)", re.MULTILINE)
_MARK = re.compile(r"<[^>]*>")
Post = tuple[str, frozenset[str]]
"""A text, and its author's tags in small letters."""


def corpora(folder: Path = SHARED) -> Mapping[str, list[Post]]:
    """Each corpus by name; none where the folder is not there."""
    found = {f"{blog.name}'s blog": list(_blog(blog)) for blog in sorted((folder / "blogs").glob("*"))}
    for site in sorted((folder / "stackexchange").glob("*/Posts.xml")):
        found[site.parent.name] = list(_site(site))
    return {name: posts for name, posts in found.items() if posts}


def score(posts: list[Post], vocabulary: Vocabulary) -> Score:
    """Count, of the topics that these authors' tags can name, which the tagger finds where they are tagged."""
    named = tomllib.loads(_MAP.read_text("utf-8"))
    wanted = [frozenset(named[tag] for tag in tags if tag in named) for _, tags in posts]
    nameable = frozenset().union(*wanted)
    right = wrong = missed = 0
    for (text, _), topics in zip(posts, wanted, strict=True):
        found = nameable.intersection(vocabulary.tag(text, frozenset()).topics)
        right += len(found & topics)
        wrong += len(found - topics) if topics else 0
        missed += len(topics - found)
    return Score(right=right, wrong=wrong, missed=missed)


def _blog(folder: Path) -> Iterator[Post]:
    for path in sorted(folder.rglob("*.md")):
        whole = _HEAD.match(path.read_text("utf-8", errors="replace"))
        if whole is None or (listed := _TAGS.search(whole[1])) is None:
            continue
        title = _TITLE.search(whole[1])
        tags = (tag.strip().lstrip("- ").strip("'\" ").lower() for tag in re.split(r"[,\n]", listed[1].strip("[] \n")))
        yield f"{title[1] if title else ''}\n{whole[2]}", frozenset(tag.strip("[] ") for tag in tags if tag)


def _site(path: Path) -> Iterator[Post]:
    for row in ElementTree.parse(path).getroot():
        if row.get("PostTypeId") == "1":
            text = f"{row.get('Title')}\n{unescape(_MARK.sub(' ', row.get('Body', '')))}"
            yield text, frozenset(re.findall(r"<([^>]+)>", row.get("Tags", "")))
