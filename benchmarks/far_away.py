"""Blogs far away: many loopback hosts in a process of their own, each answer 100 ms late.

`python -m benchmarks.far_away HOSTS` prints one base address a line, then serves until standard input ends.
`/same/N` answers 304 to who knows it; `/news/N` has one more post at every visit.
"""

import asyncio
import sys
from collections import Counter

LATENCY = 0.1  #: seconds
POSTS = 5
_visits: Counter[str] = Counter()


def _feed(newest: int) -> bytes:
    items = "".join(
        f"<item><title>OpenEBS on Kubernetes {n}</title><guid>https://blog.example/{n}</guid>"
        f"<link>https://blog.example/{n}</link><pubDate>Tue, 10 Nov 2026 10:00:00 GMT</pubDate>"
        f"<description>How Mayastor serves stateful workloads, part {n}.</description></item>"
        for n in range(newest - POSTS, newest)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()


def _whole(path: str) -> bytes:
    number = int(path.rpartition("/")[2]) * 1_000_000 + POSTS
    if path.startswith("/news/"):
        _visits[path] += 1
        number += _visits[path]
    body = _feed(number)
    head = f'HTTP/1.1 200 OK\r\nETag: "{number}"\r\nContent-Type: application/rss+xml\r\n'
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await asyncio.sleep(LATENCY)
        path = asked.split(" ", 2)[1]
        is_known = path.startswith("/same/") and "if-none-match" in asked.lower()
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n' if is_known else _whole(path))
        await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def _serve(hosts: int) -> None:
    for number in range(hosts):
        server = await asyncio.start_server(_answer, f"127.0.{1 + number // 250}.{1 + number % 250}", 0, backlog=128)
        host, port = server.sockets[0].getsockname()
        print(f"http://{host}:{port}", flush=True)
    print(flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
