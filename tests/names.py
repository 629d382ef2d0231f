"""A resolver of a test's own: what each name leads to, look-up by look-up."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.lookup import Endpoint


@dataclass
class Names:
    """Names and the addresses that each look-up of them gives; the last answer stays."""

    answers: dict[str, list[tuple[str, ...]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[Endpoint]:
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        script = self.answers[host]
        now = script.pop(0) if len(script) > 1 else script[0]
        return [_endpoint(address, port) for address in now]


def _endpoint(address: str, port: int) -> Endpoint:
    return (socket.AF_INET6, (address, port, 0, 0)) if ":" in address else (socket.AF_INET, (address, port))
