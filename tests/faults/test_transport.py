"""Fault cases 1 to 18: what goes wrong between us and a server, and the words it is told in."""

import gzip
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest.fetch import Forbidden, Gate, Unreachable
from ingest.lookup import Endpoint
from ingest.wire import tls_context
from tests import certificates
from tests.fault_server import FaultServer, Play, black_hole, closed_port, endless, raw, reset, silence
from tests.names import Names

LOOPBACK = (ip_network("127.0.0.0/8"),)
HEAD = b"HTTP/1.1 200 X\r\n"
SOON = 15.0
"""Seconds: far more than half a second, far less than what a server would make us wait."""


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(LOOPBACK, max_bytes=2**20)


@pytest.fixture(scope="module")
def hasty() -> Gate:
    return Gate(LOOPBACK, total_timeout=0.5, max_bytes=2**20, tls=tls_context(certificates.known()))


def told(gate: Gate, url: str, kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        gate.get(url)
    return str(caught.value)


def told_soon(gate: Gate, url: str) -> str:
    begin = time.monotonic()
    words = told(gate, url, Unreachable)
    assert time.monotonic() - begin < SOON
    return words


# 1 to 6: nobody there, and nobody in time


def test_case_01_a_refused_connection_is_told(gate: Gate) -> None:
    assert told(gate, f"http://127.0.0.1:{closed_port()}/", Unreachable) == "127.0.0.1 refuses connections"


def test_case_01_the_next_address_of_the_name_is_tried(server: FaultServer) -> None:
    gate = Gate((*LOOPBACK, ip_network("::1/128")), look_up=Names({"blog.example": [("::1", "127.0.0.1")]}))
    server.answers("/", b"here")
    assert gate.get(f"http://blog.example:{server.port}/").body == b"here"


def test_case_02_a_name_that_does_not_exist_is_told() -> None:
    words = told(Gate(look_up=Names({})), "http://nobody.example/", Unreachable)
    assert words == "there is no host named nobody.example"


def test_case_02_a_name_without_addresses_is_told() -> None:
    words = told(Gate(look_up=Names({"blog.example": [()]})), "http://blog.example/", Unreachable)
    assert words == "there is no host named blog.example"


def test_case_02_a_resolver_that_hangs_ends_at_the_deadline() -> None:
    woken = threading.Event()

    def hangs(host: str, port: int) -> Sequence[Endpoint]:
        woken.wait(60)
        return []

    try:
        words = told_soon(Gate(look_up=hangs, total_timeout=0.3), "http://blog.example/")
    finally:
        woken.set()
    assert words == "the name blog.example could not be looked up within 0.3 s"


def test_case_02_look_ups_that_hang_are_so_many_and_no_more() -> None:
    woken, before = threading.Event(), threading.active_count()

    def hangs(host: str, port: int) -> Sequence[Endpoint]:
        woken.wait(60)
        return []

    gate = Gate(look_up=hangs, total_timeout=0.02)
    try:
        for _ in range(100):
            told(gate, "http://blog.example/", Unreachable)
        assert threading.active_count() - before <= 32
        assert told_soon(gate, "http://other.example/").startswith("the name other.example could not be looked up")
    finally:
        woken.set()
    begin = time.monotonic()
    while told(gate, "http://blog.example/", Unreachable) != "there is no host named blog.example":
        assert time.monotonic() - begin < SOON  # for those that came back, others may go


def test_case_03_a_black_hole_is_left_in_time() -> None:
    gate = Gate(LOOPBACK, connect_timeout=0.3, total_timeout=60)
    with black_hole() as port:
        assert told_soon(gate, f"http://127.0.0.1:{port}/") == "127.0.0.1 did not take the connection within 0.3 s"


def test_case_03_the_total_deadline_ends_a_black_hole_too() -> None:
    gate = Gate(LOOPBACK, connect_timeout=60, total_timeout=0.3)
    with black_hole() as port:
        assert told_soon(gate, f"http://127.0.0.1:{port}/") == "127.0.0.1 did not answer within 0.3 s"


def test_case_04_silence_ends_at_the_deadline(hasty: Gate) -> None:
    with FaultServer(at_once=silence) as server:
        assert told_soon(hasty, server.url()) == "127.0.0.1 did not answer within 0.5 s"


def test_case_04_silence_instead_of_a_handshake_ends_in_time() -> None:
    gate = Gate(LOOPBACK, connect_timeout=0.3, total_timeout=60)
    with FaultServer(at_once=silence) as server:
        words = told_soon(gate, f"https://127.0.0.1:{server.port}/")
    assert words == "127.0.0.1 did not take the connection within 0.3 s"


@pytest.mark.parametrize("tls", [None, certificates.right], ids=["http", "https"])
@pytest.mark.parametrize("start", [b"HTTP/1.1 200 X\r\nX-Slow: ", HEAD + b"X: y\r\n"], ids=["in a line", "between"])
def test_case_05_headers_that_drip_end_at_the_deadline(
    hasty: Gate, tls: Callable[[], ssl.SSLContext] | None, start: bytes
) -> None:
    with FaultServer(tls=tls() if tls else None) as server:
        url = server.plays_raw("/", start, *[b"x"] * 600, pause=0.05)
        assert told_soon(hasty, url) == "127.0.0.1 did not answer within 0.5 s"


def test_case_05_a_handshake_that_drips_ends_in_time() -> None:
    gate = Gate(LOOPBACK, connect_timeout=0.3, total_timeout=60)

    def drips(connection: socket.socket) -> None:
        connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 KB begins
        while True:
            connection.sendall(b"\x02")
            time.sleep(0.05)

    with FaultServer(at_once=drips) as server:
        words = told_soon(gate, f"https://127.0.0.1:{server.port}/")
    assert words == "127.0.0.1 did not take the connection within 0.3 s"


@pytest.mark.parametrize("tls", [None, certificates.right], ids=["http", "https"])
@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["of a length", "chunked", "chunk mark", "trailer", "until it closes", "packed nothing", "interim answers"],
)
def test_case_06_a_body_that_drips_ends_at_the_deadline(
    hasty: Gate, tls: Callable[[], ssl.SSLContext] | None, head: bytes, drop: bytes
) -> None:
    with FaultServer(tls=tls() if tls else None) as server:
        url = server.plays_raw("/", head, *[drop] * 600, pause=0.05)
        assert told_soon(hasty, url) == "127.0.0.1 did not answer within 0.5 s"


def test_case_06_the_deadline_holds_for_all_hops_together(server: FaultServer) -> None:
    gate = Gate(LOOPBACK, total_timeout=0.5, max_redirects=1000)
    server.plays["/"] = raw(b"HTTP/1.1 302 X\r\nLocation: /\r\nX: ", *[b"x"] * 2, b"\r\n\r\n", pause=0.05)
    assert told_soon(gate, server.url()) == "127.0.0.1 did not answer within 0.5 s"


# 7 to 9: a shut socket is no clean end


BROKEN_OFF = "127.0.0.1 broke off in the middle of its answer"


@pytest.mark.parametrize("sent", [b"short", b"", b"123456789"])
def test_case_07_short_of_content_length_is_no_clean_end(server: FaultServer, gate: Gate, sent: bytes) -> None:
    url = server.plays_raw("/", HEAD + b"Content-Length: 10\r\n\r\n" + sent)
    assert told(gate, url, Unreachable) == BROKEN_OFF


@pytest.mark.parametrize("head", [HEAD, b"HTTP/1.1 301 X\r\nLocation: /fee", b"HTTP/1.1 304 X", b"HTTP/1.1 410 X\r\n"])
def test_case_07_headers_that_break_off_are_no_answer(server: FaultServer, gate: Gate, head: bytes) -> None:
    assert told(gate, server.plays_raw("/", head), Unreachable) == BROKEN_OFF


def test_case_07_a_secured_connection_that_is_cut_is_no_clean_end() -> None:
    gate = Gate(LOOPBACK, tls=tls_context(certificates.known()))

    def ends(connection: socket.socket, _: object) -> None:
        connection.sendall(HEAD + b"\r\nall of it")
        assert isinstance(connection, ssl.SSLSocket)
        connection.unwrap()

    with FaultServer(tls=certificates.right()) as server:
        assert told(gate, server.plays_raw("/cut", HEAD + b"\r\nsome of"), Unreachable) == BROKEN_OFF
        server.plays["/whole"] = ends
        assert gate.get(server.url("/whole")).body == b"all of it"


@pytest.mark.parametrize(
    "sent", [b"", b"5", b"5\r\nhel", b"5\r\nhello", b"5\r\nhello\r\n", b"5\r\nhello\r\n5\r\nhe", b"zz\r\n"]
)
def test_case_08_chunks_cut_short_are_no_clean_end(server: FaultServer, gate: Gate, sent: bytes) -> None:
    url = server.plays_raw("/", HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + sent)
    assert told(gate, url, Unreachable) == BROKEN_OFF


@pytest.mark.parametrize("kept", [1, 9, 15, -9, -4, -1])
def test_case_09_gzip_cut_short_is_no_clean_end(server: FaultServer, gate: Gate, kept: int) -> None:
    url = server.answers("/", gzip.compress(b"hello" * 100, mtime=0)[:kept], Content_Encoding="gzip")
    assert told(gate, url, Unreachable) == BROKEN_OFF


def test_case_09_gzip_that_is_none_or_damaged_is_no_clean_end(server: FaultServer, gate: Gate) -> None:
    packed = bytearray(gzip.compress(b"hello" * 100))
    packed[-6] ^= 1  # the checksum
    for body in (b"not gzip at all", bytes(packed), b"\x1f\x8b\x08" + b"\xff" * 50):
        assert told(gate, server.answers("/", body, Content_Encoding="gzip"), Unreachable) == BROKEN_OFF


# 10 to 13: too much


def test_case_10_a_bomb_of_200_kb_does_not_unpack_beyond_the_limit(server: FaultServer, gate: Gate) -> None:
    url = server.answers("/", packed_nothing(200), Content_Encoding="gzip")
    assert told(gate, url, Forbidden) == "127.0.0.1 sends more than 1,048,576 bytes"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's peak of this program alone")
@pytest.mark.parametrize(
    ("play", "words"),
    [
        ("bomb", "sends more than 10,485,760 bytes"),
        ("endless", "sends more than 10,485,760 bytes"),
        ("members", "sends headers or packing without end"),
    ],
)
def test_case_10_memory_grows_by_less_than_20_mb(server: FaultServer, play: str, words: str) -> None:
    server.answers("/warm-up", gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    server.answers("/bomb", packed_nothing(200), Content_Encoding="gzip")
    server.plays["/endless"] = endless(HEAD + b"\r\n", bytes(2**16))
    server.plays["/members"] = endless(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b""), bytes(2**16))
    # The peak that getrusage tells of a new program begins at its parent's, so it is read from /proc.
    program = f"""
        from ipaddress import ip_network
        from pathlib import Path
        from ingest.fetch import Forbidden, Gate

        def peak():
            lines = Path("/proc/self/status").read_text().splitlines()
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

        gate = Gate((ip_network("127.0.0.0/8"),))
        gate.get("{server.url("/warm-up")}")
        before = peak()
        try:
            gate.get("{server.url("/" + play)}")
        except Forbidden as error:
            print(error)
        print(peak() - before)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    [said, grown] = done.stdout.splitlines()
    assert (said, done.stderr) == (f"127.0.0.1 {words}", "")
    assert int(grown) < 20 * 1024


def packed_nothing(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed a thousandfold."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"Content_Encoding": "br"}, "br"),
        ({"Content_Encoding": "zstd"}, "zstd"),
        ({"Content_Encoding": "gzip, gzip"}, "gzip, gzip"),
        ({"Content_Encoding": "gzip\r\nContent-Encoding: gzip"}, "gzip, gzip"),
        ({"Content_Encoding": "gzip, identity"}, "gzip, identity"),
        ({"Transfer_Encoding": "gzip, chunked"}, "gzip, chunked"),
        ({"Transfer_Encoding": "xchunked"}, "xchunked"),
    ],
)
def test_case_11_double_and_unasked_encodings_are_refused(
    server: FaultServer, gate: Gate, headers: dict[str, str], named: str
) -> None:
    url = server.answers("/", gzip.compress(gzip.compress(b"x")), 200, **headers)
    assert told(gate, url, Forbidden) == f"127.0.0.1 sends its answer packed as {named}, which nobody asked for"


def test_case_12_64_mb_are_refused_by_their_announcement(server: FaultServer, gate: Gate) -> None:
    url = server.plays_raw("/", HEAD + b"Content-Length: 67108864\r\n\r\n")
    assert told(gate, url, Forbidden) == "127.0.0.1 sends more than 1,048,576 bytes"


@pytest.mark.parametrize("head", [b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n"], ids=["until it closes", "chunked"])
def test_case_12_a_body_without_end_is_read_no_further_than_the_limit(
    server: FaultServer, gate: Gate, head: bytes
) -> None:
    server.plays["/"] = endless(HEAD + head, b"10000\r\n" + bytes(2**16) + b"\r\n")
    with pytest.raises(Forbidden, match="sends more than 1,048,576 bytes") as caught:
        gate.get(server.url())
    assert caught.value.bytes < 2**20 + 2**19


def test_case_12_a_redirects_body_is_not_read(server: FaultServer, gate: Gate) -> None:
    server.plays["/"] = endless(b"HTTP/1.1 302 X\r\nLocation: /there\r\n\r\n", bytes(2**16))
    server.answers("/there", b"small")
    assert gate.get(server.url()).body == b"small"


def test_case_13_5000_headers_are_told(server: FaultServer, gate: Gate) -> None:
    url = server.plays_raw("/", HEAD + b"A: b\r\n" * 5000 + b"\r\n")
    assert "does not speak HTTP as it should" in told(gate, url, Unreachable)


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (HEAD, b"X: " + b"x" * 60_000 + b"\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 1000),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 60_000 + b"\r\nx\r\n"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>"), bytes(2**16)),
    ],
    ids=["long headers", "interim answers", "trailers", "chunk marks", "padding"],
)
def test_case_13_headers_and_packing_without_end_are_refused(
    server: FaultServer, gate: Gate, start: bytes, part: bytes
) -> None:
    server.plays["/"] = endless(start, part)
    with pytest.raises(Forbidden, match="^127.0.0.1 sends headers or packing without end$") as caught:
        gate.get(server.url())
    assert caught.value.bytes < 3 * 2**20


# 14 to 16: broken off, not trusted, not understood


@pytest.mark.parametrize(
    "play",
    [reset(), reset(HEAD), reset(HEAD + b"Content-Length: 9\r\n\r\nhel"), reset(HEAD + b"\r\nhello")],
    ids=["before", "in the headers", "in the body", "at what might be the end"],
)
def test_case_14_a_reset_is_told(server: FaultServer, gate: Gate, play: Play) -> None:
    server.plays["/"] = play
    assert told(gate, server.url(), Unreachable) == "127.0.0.1 broke the connection off"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (certificates.expired, "shows a certificate that has expired; who runs the site has to renew it"),
        (certificates.from_tomorrow, "shows a certificate that is not valid yet; is a clock wrong?"),
        (certificates.for_another_name, "shows a certificate that is for another name"),
        (
            certificates.signed_by_itself,
            "shows a certificate that it signed itself, so nobody can tell whether it is the real one",
        ),
        (
            certificates.by_an_unknown_authority,
            "shows a certificate from an authority that nobody here knows, or leaves out the certificates in between",
        ),
        (
            certificates.without_the_one_between,
            "shows a certificate from an authority that nobody here knows, or leaves out the certificates in between",
        ),
        (certificates.over_old_tls, "speaks only an old version of TLS, which is no longer safe"),
    ],
)
def test_case_15_a_wrong_certificate_is_told_in_words_and_nothing_is_asked(
    gate: Gate, shown: Callable[[], ssl.SSLContext], words: str
) -> None:
    trusting = Gate(LOOPBACK, tls=tls_context(certificates.known()))
    with FaultServer(tls=shown()) as server:
        assert told(trusting, server.answers("/", b"secret"), Unreachable) == f"127.0.0.1 {words}"
        assert server.requests == []


def test_case_15_an_authority_that_only_we_made_is_not_known_to_the_system(gate: Gate) -> None:
    with FaultServer(tls=certificates.right()) as server:
        assert "from an authority that nobody here knows" in told(gate, server.url(), Unreachable)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS there; an address that begins with http:// may work"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "does not speak TLS there; an address that begins with http:// may work"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "speaks only an old version of TLS, which is no longer safe"),
        (b"\x15\x03\x03\x00\x02\x02\x28", "offers no way to secure the connection that we accept"),
        (b"\x15\x03\x03\x00\x02\x02\x70", "says that it has no certificate for this name"),
        (b"", "broke the connection off"),
    ],
    ids=["HTTP", "SSH", "old TLS", "no shared cipher", "unknown name", "nothing"],
)
def test_case_15_a_failed_handshake_is_told_in_words(gate: Gate, said: bytes, words: str) -> None:
    def says(connection: socket.socket) -> None:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        silence(connection)

    with FaultServer(at_once=says) as server:
        assert told(gate, f"https://127.0.0.1:{server.port}/", Unreachable) == f"127.0.0.1 {words}"


def test_case_15_name_and_certificate_are_the_names_whatever_address_is_dialled() -> None:
    names = Names({"other.example": [("127.0.0.1",)], "blog.example": [("127.0.0.1",)]})
    gate = Gate(LOOPBACK, tls=tls_context(certificates.known()), look_up=names)
    with FaultServer(tls=certificates.for_another_name()) as server:
        server.answers("/", b"secured")
        assert gate.get(f"https://other.example:{server.port}/").body == b"secured"
        words = told(gate, f"https://blog.example:{server.port}/", Unreachable)
    assert words == "blog.example shows a certificate that is for another name"


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-x\r\n",
        b"\x00" * 99,
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"<html>hello</html>",
        b"x" * 70_000,
    ],
)
def test_case_16_garbage_is_told_in_words(server: FaultServer, gate: Gate, said: bytes) -> None:
    assert "127.0.0.1 does not speak HTTP as it should" in told(gate, server.plays_raw("/", said), Unreachable)


def test_case_16_no_answer_at_all_is_told_in_words(server: FaultServer, gate: Gate) -> None:
    assert told(gate, server.plays_raw("/"), Unreachable) == "127.0.0.1 broke the connection off"


# 17 and 18: sent elsewhere


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("/a", "{url} redirects more than 5 times"),
        ("/b", "{url} redirects more than 5 times"),
        ("http://10.0.0.5/", "10.0.0.5 is not a public address (10.0.0.5); an operator may allow it"),
        ("file:///etc/passwd", "redirects to 'file:///etc/passwd': only addresses that begin with http"),
        ("gopher://127.0.0.1/", "only addresses that begin with http"),
        ("data:text/xml,<rss/>", "only addresses that begin with http"),
        ("//user:x@127.0.0.1/", "user name or password"),
        ("http://[", "not a web address"),
        ("http://blog.example:99999/", "not a web address"),
        ("/" + "a" * 3000, "too long"),
    ],
)
def test_case_17_a_bad_redirect_is_refused(server: FaultServer, gate: Gate, location: str, words: str) -> None:
    server.redirects("/b", "/a")
    url = server.redirects("/a", location)
    assert words.format(url=url) in told(gate, url, Forbidden)


def test_case_17_a_redirect_never_leaves_tls(server: FaultServer) -> None:
    gate = Gate(LOOPBACK, tls=tls_context(certificates.known()))
    with FaultServer(tls=certificates.right()) as secured:
        url = secured.redirects("/", server.answers("/", b"in the open"))
        assert told(gate, url, Forbidden) == "127.0.0.1 redirects from https to http"
        assert server.requests == []
        assert gate.get(server.redirects("/up", secured.answers("/up", b"secured"))).body == b"secured"


def test_case_18_the_callers_headers_stay_with_their_origin(server: FaultServer, gate: Gate) -> None:
    secrets = {"If-None-Match": '"1"', "Authorization": "Bearer s", "Cookie": "a=b", "X-Api-Key": "k"}
    with FaultServer() as other:
        server.redirects("/a", "/b")
        server.redirects("/b", other.redirects("/", server.answers("/c", b"back")))
        gate.get(server.url("/a"), secrets)
        carried = [secrets.items() <= dict(_named(secrets, request.headers)).items() for request in server.requests]
        assert carried == [True, True, False]  # nor do they come back from elsewhere
        for request in (*other.requests, server.requests[2]):
            assert {name.lower() for name in secrets} & set(request.headers) == set()


def _named(wanted: Mapping[str, str], headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, headers[name.lower()]) for name in wanted if name.lower() in headers)


def test_case_18_what_the_environment_knows_is_not_sent(
    server: FaultServer, gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login asha password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server.plays["/"] = raw(
        b"HTTP/1.1 302 X\r\nSet-Cookie: a=b; Path=/\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
    )
    server.answers("/next", b"there", Set_Cookie="c=d; Path=/")
    with FaultServer() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        assert gate.get(server.url()).body == gate.get(server.url("/next")).body == b"there"
        assert proxy.requests == []
    plain = {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert [set(request.headers) for request in server.requests] == [plain] * 3
