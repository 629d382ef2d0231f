"""Recorded traffic of Reddit's library, read from beside the project where it is there."""

import base64
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REDDIT = Path(__file__).parents[4] / "shared" / "data" / "reddit"


@dataclass(frozen=True)
class Recorded:
    """One exchange."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def payload(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def recordings(folder: str) -> dict[str, list[Recorded]]:
    """All exchanges by the name of their file; the test is skipped where there are none."""
    files = sorted((REDDIT / folder).glob("*.json"))
    if not files:
        pytest.skip("../shared is not beside the project")
    return {path.stem: [_exchange(one) for one in json.loads(path.read_text())["interactions"]] for path in files}


def things(payload: Any) -> Iterator[Mapping[str, Any]]:
    """The `data` of every post and comment within a body, however deep."""
    waiting = [payload]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if one.get("kind") in ("t1", "t3") and isinstance(one.get("data"), dict):
                yield one["data"]
            waiting += one.values()


def _exchange(told: Mapping[str, Any]) -> Recorded:
    request, response = told["request"], told["response"]
    said = response["body"]
    body = base64.b64decode(said["base64_string"]) if said.get("base64_string") else (said.get("string") or "").encode()
    headers = {
        name.lower(): value[0] if isinstance(value, list) else value for name, value in response["headers"].items()
    }
    unpacked = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    headers.pop("content-encoding", None)
    return Recorded(request["method"], request["uri"], response["status"]["code"], headers, unpacked)
