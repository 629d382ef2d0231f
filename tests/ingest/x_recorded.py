"""What X was recorded saying, object by object; the tests that need it skip where the recordings are not."""

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data" / "x"
_PACKED = re.compile(r"string: !!binary \|\n((?: {8}\S+\n)+)")
_OF_POSTS_AND_USERS = ("tweet", "timeline", "searches", "user", "lists", "space")


def bodies() -> Iterator[Mapping[str, Any]]:
    """The bodies of all recorded answers: JSON lines, cassettes with packed bodies, one file for each shape."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the project")
    for path in sorted(SHARED.glob("twarc-csv/*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())
    for path in sorted(SHARED.glob("tweepy/*.yaml")):
        for packed in _PACKED.findall(path.read_text("utf-8")):
            yield json.loads(gzip.decompress(base64.b64decode(packed)))
    for path in sorted(SHARED.glob("shapes/apis/*/*.json")):
        if path.parent.name in _OF_POSTS_AND_USERS:
            yield json.loads(path.read_text("utf-8"))
    for path in sorted(SHARED.glob("shapes/models/*.json")):
        yield {"data": json.loads(path.read_text("utf-8"))}


def objects(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a body holds: what was asked for, and what came with it."""
    data = body.get("data", [])
    yield from (one for one in ([data] if isinstance(data, dict) else data) if isinstance(one, dict))
    for more in body.get("includes", {}).values():
        yield from more


def is_post(one: Mapping[str, Any]) -> bool:
    return "text" in one and "id" in one
