"""The gate as a `requests.Session`, for platform libraries that want one: fixed hosts, no proxy, cookie or netrc."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.cookies import RequestsCookieJar
from requests.exceptions import ConnectionError as NoConnection

from ingest.fetch import FetchError, Http, Response


class Metered(requests.Session):
    """Counts what went through it since it was last asked; used by one thread at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.requests_made, self.bytes_read = 0, 0

    def taken(self) -> tuple[int, int]:
        """Requests and bytes since the last time."""
        told = self.requests_made, self.bytes_read
        self.requests_made, self.bytes_read = 0, 0
        return told


def session(http: Http, origins: Mapping[str, str]) -> Metered:
    """A session through the gate; `origins` maps each address that the library asks for to where it is asked.

    Both end without a slash, like `https://api.twitter.com` → `http://127.0.0.1:8080/x`. Any other address is refused.
    """
    made = Metered()
    made.adapters.clear()
    made.mount("", _Adapter(http, origins, made))
    return made


class _Adapter(BaseAdapter):
    def __init__(self, http: Http, origins: Mapping[str, str], meter: Metered) -> None:
        super().__init__()
        self._http, self._origins, self._meter = http, origins, meter

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request; what the gate says in words comes as the library's own error."""
        url = self._there(str(request.url))
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        headers = {name: str(value) for name, value in request.headers.items() if name.lower() not in _OURS}
        self._meter.requests_made += 1
        try:
            answer = self._http.send(str(request.method), url, headers, bytes(body))
        except FetchError as error:
            self._meter.bytes_read += error.bytes
            raise NoConnection(str(error), request=request) from error
        self._meter.bytes_read += answer.bytes
        return _response(answer, request)

    def close(self) -> None:
        """Nothing is kept open."""

    def _there(self, url: str) -> str:
        for origin, base in self._origins.items():
            if url == origin or url.startswith((f"{origin}/", f"{origin}?")):
                return base + url[len(origin) :]
        raise NoConnection(f"{url} is no address of this platform")


_OURS = frozenset({"accept-encoding", "connection", "content-length", "cookie"})


def _response(answer: Response, request: requests.PreparedRequest) -> requests.Response:
    made = requests.Response()
    made.status_code = answer.status
    made.headers.update(answer.headers)
    made.raw = BytesIO(answer.body)
    made._content = answer.body
    made.url = answer.url
    made.request = request
    made.cookies = RequestsCookieJar()
    made.encoding = "utf-8"
    return made
