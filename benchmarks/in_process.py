"""`python -m benchmarks.in_process PATH TOKEN SECONDS`: call the app as a server calls it, with no server.

Prints how many pages it gave, the seconds, and those of them that a processor worked.
"""

import sys
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from advocacy.app import create_app

WARM = 20  #: pages before it counts


def main() -> None:
    """Call it until the time is over."""
    path, token, seconds = sys.argv[1:]
    app = create_app()
    headers = [("Cookie", f"advocacy={token}"), ("Host", "127.0.0.1")]
    environ = EnvironBuilder(path=path, headers=headers).get_environ()
    for _ in range(WARM):
        page(app, environ)
    count, start, work = 0, time.monotonic(), time.process_time()
    while time.monotonic() < start + float(seconds):
        page(app, environ)
        count += 1
    print(count, time.monotonic() - start, time.process_time() - work)


def page(app: Flask, environ: Mapping[str, Any]) -> None:
    """One answer, which must be a page."""
    answer = app(dict(environ), lambda status, headers, error=None: lambda body: None)
    if b"</html>" not in b"".join(answer):
        raise RuntimeError("this is no page")
    answer.close()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
