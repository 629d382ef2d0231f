"""What every test's app would make anew though it is always the same: made once for each process of tests.

Addresses and templates took half of the time of a page's test.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Compiled templates in memory; Jinja compiles again what changed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def compile_addresses_once() -> None:
    """Let equal rules share what builds their addresses: it takes the rule it is bound to as its first argument."""
    made: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}
    compiles = Rule._compile_builder

    def shared(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = rule.rule, repr(rule.defaults), rule.host, rule.subdomain, append_unknown
        if key not in made:
            made[key] = compiles(rule, append_unknown)
        return made[key]

    Rule._compile_builder = shared  # type: ignore[method-assign, assignment]
