"""`python -m benchmarks.visitors ADDRESS PATH TOKEN CONNECTIONS SECONDS`: open a page over and over; say how often.

Each connection is kept open as long as the server keeps it, and asks again as soon as it was answered.
"""

import sys
import threading
import time
from http.client import HTTPConnection, RemoteDisconnected


def visit(address: str, path: str, token: str, until: float, counts: list[int]) -> None:
    """Ask until the time is over; every answer must be a page."""
    connection, count = HTTPConnection(address, timeout=60), 0
    while time.monotonic() < until:
        try:
            connection.request("GET", path, headers={"Cookie": f"advocacy={token}"})
            answer = connection.getresponse()
            body = answer.read()
        except (RemoteDisconnected, ConnectionResetError):
            connection.close()  # closed by the server between two requests; asked again
            continue
        if answer.status != 200 or b"</html>" not in body:
            raise RuntimeError(f"{path} answers {answer.status}")
        count += 1
    connection.close()
    counts.append(count)


def main() -> None:
    """Print the pages that all connections together got, and the seconds it took."""
    address, path, token, connections, seconds = sys.argv[1:]
    counts: list[int] = []
    start = time.monotonic()
    until = start + float(seconds)
    threads = [
        threading.Thread(target=visit, args=(address, path, token, until, counts)) for _ in range(int(connections))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != len(threads):
        sys.exit("a visitor met an error")
    print(sum(counts), time.monotonic() - start)


if __name__ == "__main__":
    main()
