"""The inbox: what waits for one's word, card by card, and beside the list the chosen item with all that helps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request

from advocacy import display, forms, inbox_address, paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain import thread_words
from advocacy.domain.facets import choices
from advocacy.domain.inbox import Card, Piece
from advocacy.domain.matched import Found, cut
from advocacy.domain.text_diff import diff
from advocacy.inbox_address import Address
from advocacy.models import attention, offers, sentences, snoozes, sources
from advocacy.models.inbox import chosen, rules, sitting, waiting
from advocacy.models.inbox.chosen import Chosen
from advocacy.models.sentences import Sentence
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("inbox", __name__, url_prefix="/inbox")

PAGE = 30
OPENED = 10  #: items of a card that are listed
STRONG = 100  #: items that are confirmed in one go, with some sentences each
LATER = timedelta(days=7)
COLUMNS = ("day", "kind", "platform", "channel", "title", "together", "items of it", "strong for", "possible for")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of cards with what there is in all; `edited` changed after they were confirmed."""

    cards: Sequence[Card]
    all_cards: int
    items: int
    strong: int
    pieces: Sequence[Piece]
    older: str


@bp.get("", strict_slashes=False)
@signed_in
def show() -> str:
    """What waits for my word?"""
    address = inbox_address.read(request.args)
    shelf, edited = _shelf(address), _edited()
    item = _item(shelf, edited)
    one = chosen.of(item, me().id) if item else None
    card = next((card for card in shelf.cards if item and card.holds(item)), None)
    mine = sentences.of_roles(me().id)
    texts = {sentence.expectation_id: sentence.text for sentence in mine}
    return render_template(
        "inbox/show.html",
        address=address,
        view=urlencode(address.args),
        shelf=shelf,
        opened=OPENED,
        edited=edited,
        offers=offers.waiting(me().id),
        offered=rules.worth_offering(me().id),
        texts=texts,
        suggested={key for piece in shelf.pieces for key in piece.suggested},
        platforms=sorted({piece.platform for piece in shelf.pieces}),
        told_apart=_told_apart(mine),
        one=one,
        card=card,
        next=_next(shelf, edited, item),
        next_card=_next(shelf, edited, item, leaving=card),
        **(_told(one) if one else {}),
        **(_beside(one, shelf) if one else {}),
        sitting=sitting.of(me().id, now()),
        snoozed=snoozes.count(me().id, today()),
        later=today() + LATER,
        troubles=sources.troubles(me().id),
        today=today(),
    )


@bp.get("/strong")
@signed_in
def strong() -> str:
    """Which ones are the rules sure of? Shown before they are confirmed in one go."""
    address = inbox_address.read(request.args)
    cards = address.wanted.of(_pieces(address))
    found = [one for card in cards for one in card.pieces if one.is_strong]
    texts = {sentence.expectation_id: sentence.text for sentence in sentences.of_roles(me().id)}
    return render_template(
        "inbox/strong.html",
        address=address,
        view=urlencode(address.args),
        found=found[:STRONG],
        beyond=max(len(found) - STRONG, 0),
        texts=texts,
        today=today(),
    )


@bp.get("/list.csv")
@signed_in
def as_sheet() -> Response:
    """The same list for spreadsheets, all pages of it."""
    address = inbox_address.read(request.args)
    found = address.wanted.of(_pieces(address))
    texts = {sentence.expectation_id: sentence.text for sentence in sentences.of_roles(me().id)}
    return sheet("inbox", COLUMNS, [_row(one, card, texts) for card in found for one in card.pieces])


def _row(one: Piece, card: Card, texts: Mapping[int, str]) -> tuple[object, ...]:
    strong = [texts.get(key, "") for key, strength in one.suggested.items() if strength == "strong"]
    others = [texts.get(key, "") for key, strength in one.suggested.items() if strength != "strong"]
    name = display.heading(one.title, one.excerpt, one.kind, one.platform)
    where = display.KINDS[one.kind][0], display.platform(one.platform), one.channel
    return (one.day, *where, name, card.together, len(card.pieces), "; ".join(strong), "; ".join(others))


def _shelf(address: Address) -> Shelf:
    pieces = _pieces(address)
    found = address.wanted.of(pieces)
    rest = [card for card in found if address.before is None or card.place < address.before]
    last = rest[PAGE - 1].place if len(rest) > PAGE else None
    wanted = [one for card in found for one in card.pieces]
    strong = sum(one.is_strong for one in wanted)
    older = paging.place(*last) if last else ""
    return Shelf(rest[:PAGE], len(found), len(wanted), strong, pieces, older)


def _pieces(address: Address) -> list[Piece]:
    return waiting.pieces(me().id, *address.days, today(), put_off=address.put_off)


def _edited() -> dict[int, str]:
    """What changed after it was confirmed, each once, with its title."""
    return {row.activity_id: row.title for row in attention.edited(me().id)}


def _order(shelf: Shelf, edited: Mapping[int, str]) -> list[int]:
    return [*edited, *(one.activity_id for card in shelf.cards for one in card.pieces)]


def _item(shelf: Shelf, edited: Mapping[int, str]) -> int | None:
    """The item that is asked for, or the first of the list."""
    words = request.args.get("item", "")
    if words and not forms.is_key(words):
        abort(400, "item must be a number.")
    return int(words) if words else next(iter(_order(shelf, edited)), None)


def _next(shelf: Shelf, edited: Mapping[int, str], item: int | None, *, leaving: Card | None = None) -> int | None:
    """What is shown once this one, or its whole card, is done: what comes after it, else what came before."""
    order = _order(shelf, edited)
    if item not in order:
        return None
    place = order.index(item)
    rest = [*order[place + 1 :], *reversed(order[:place])]
    return next((number for number in rest if not (leaving and leaving.holds(number))), None)


def _beside(one: Chosen, shelf: Shelf) -> dict[str, int]:
    """How many wait from where it came."""
    said = one.page.activity
    channels = [piece.channel for piece in shelf.pieces if piece.platform is said.platform]
    return {"from_platform": len(channels), "from_channel": channels.count(said.channel)}


def _told_apart(mine: Sequence[Sentence]) -> set[int]:
    """The sentences that count some things apart: a piece can count there as something else than the rule says."""
    rules, personas = in_force().rulebook.rules, in_force().vocabulary.own_personas
    return {one.expectation_id for one in mine if choices(rules.get(one.rule or ""), one.reading, personas)}


def _told(one: Chosen) -> dict[str, object]:
    """What the words of the item say of it: those that matched, by sentence, and what was edited."""
    held, vocabulary, said = in_force().rulebook.rules, in_force().vocabulary, one.page.activity
    found = Found.in_text(f"{said.title}\n{said.text}", vocabulary)
    by_rule = {s.expectation_id: found.words(held[rule]) for s in one.supports if (rule := s.rule or "") in held}
    marked = {word for words in by_rule.values() for word in words}
    return {
        "ways_": {way.account_id: way for way in one.ways}.values(),
        "matched": by_rule,
        "text": cut(said.text, marked),
        "thread": thread_words.told(said, display.platform(said.platform), one.page.answered),
        "title_diff": diff(one.before.title, said.title) if one.before and one.before.title != said.title else (),
        "text_diff": diff(one.before.text, said.text) if one.before and one.before.text != said.text else (),
    }
