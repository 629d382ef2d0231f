"""Pages of posts as X cuts them: tokens, bounds, and the words for what lies outside a search's window."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from ingest.loopback.server import Answer, Ask
from ingest.loopback.world import Message
from ingest.loopback.x_posts import Rendering, least_id, moment, version_ids
from ingest.loopback.x_problems import answered, invalid

WINDOW = timedelta(days=7)
_TOKEN = "7140dibdnow9c7btw"


def page(
    shown: Rendering, messages: Iterable[Message], ask: Ask, headers: Mapping[str, str], token_name: str
) -> Answer:
    """One page of these messages, the newest version's id first, within the bounds that were asked for."""
    token = ask.query.get(token_name, "")
    if token and not token.startswith(_TOKEN):
        return invalid(token_name, token, f"The token [{token}] is not valid", headers)
    after, before = _bounds(ask)
    before = min(before, int(token.removeprefix(_TOKEN), 36)) if token else before
    numbered = [(int(version_ids(message, ask.now)[-1]), message) for message in messages]
    within = sorted(((n, m) for n, m in numbered if after < n < before), key=lambda pair: -pair[0])
    size = int(ask.query.get("max_results", "10"))
    shown_now, rest = within[:size], within[size:]
    if not shown_now:
        return answered({"meta": {"result_count": 0}}, headers)
    meta = {"newest_id": str(shown_now[0][0]), "oldest_id": str(shown_now[-1][0]), "result_count": len(shown_now)}
    more = {"next_token": _TOKEN + _base36(shown_now[-1][0])} if rest else {}
    return answered({"data": [shown.post(message) for _, message in shown_now], "meta": {**meta, **more}}, headers)


def _bounds(ask: Ask) -> tuple[int, int]:
    """The ids between which to give posts, both exclusive."""
    after = int(ask.query.get("since_id", "0"))
    if "start_time" in ask.query:
        after = max(after, least_id(datetime.fromisoformat(ask.query["start_time"]).astimezone(UTC)) - 1)
    return after, int(ask.query.get("until_id", 2**63))


def misplaced(ask: Ask, headers: Mapping[str, str]) -> Answer | None:
    """The refusal of a search for what lies outside its window, in X's own words."""
    since, begin = ask.query.get("since_id", ""), ask.now - WINDOW
    if since and "start_time" in ask.query:
        words = "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'."
        return invalid("since_id", since, words, headers)
    if since and int(since) < least_id(begin):
        words = f"'since_id' must be a tweet id created after {begin:%Y-%m-%dT%H:%MZ}."
        return invalid(
            "since_id", since, f"{words} Please use a 'since_id' that is larger than {least_id(begin)}", headers
        )
    start = ask.query.get("start_time", "")
    if start and datetime.fromisoformat(start) < begin:
        return invalid("start_time", start, f"'start_time' must be on or after {moment(begin)}.", headers)
    if not 10 <= int(ask.query.get("max_results", "10")) <= 100:
        words = f"The `max_results` query parameter value [{ask.query['max_results']}] is not between 10 and 100"
        return invalid("max_results", ask.query["max_results"], words, headers)
    return None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
