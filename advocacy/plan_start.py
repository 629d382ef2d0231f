"""Where the plan of a class begins: a request, a gap of the team, what is required, an earlier class, a topic."""

from collections.abc import Mapping
from datetime import date, datetime

from advocacy import class_form
from advocacy.domain.matrix import Need
from advocacy.domain.period import NoPeriod, day_of, parse
from advocacy.domain.team import gaps
from advocacy.forms import is_key
from advocacy.models import leadership, looks, roster, team_board
from advocacy.models.board import default_period
from advocacy.models.people import Person
from advocacy.models.trainings import matrix, requests, required
from advocacy.models.trainings.seen import seen
from advocacy.models.words import Capability
from advocacy.rules import Rules


def of(args: Mapping[str, str], person: Person, now: datetime, rules: Rules) -> dict[str, str]:
    """What a form is filled in with by what its address names; what is not for this person fills in nothing."""
    today = day_of(now, person.zone)
    number = {name: int(said) for name in ("request", "required", "like") if is_key(said := args.get(name, ""))}
    if "request" in number:
        return _request(number["request"], person)
    if "required" in number:
        return _required(number["required"], person, today)
    if "like" in number:
        return _like(number["like"], person)
    if args.get("gap") in rules.rulebook.rules:
        return _gap(args, person, now, rules)
    return _topic(args.get("topic", ""), rules)


def _request(number: int, person: Person) -> dict[str, str]:
    """What was asked for; a lead may invite those who want it."""
    wish = requests.one(number)
    voters = requests.voters(number, but=person.id) if person.can(Capability.LEAD) else ()
    return {"request": f"{number}", "title": wish.what, "about": wish.about, "invite": "\n".join(voters)}


def _required(number: int, person: Person, today: date) -> dict[str, str]:
    """A required training, for those who have not had it."""
    one = required.seen(number, person.id, leadership.teams_led(person.id, today))
    if one is None:
        return {}
    found = matrix.of(one.team_id, today)
    title = next(row.title for row in found.trainings if row.id == one.id)
    lacking = [who for who in found.people if found.cells[who, one.id].need not in (Need.DONE, Need.PLANNED)]
    return {"title": title, "with_support": "1", "invite": _addresses(lacking)}


def _like(number: int, person: Person) -> dict[str, str]:
    """An earlier class as a pattern; its day is not the pattern's."""
    told = class_form.told(seen(number, person.id))
    return {name: words for name, words in told.items() if name != "day" and words}


def _gap(args: Mapping[str, str], person: Person, now: datetime, rules: Rules) -> dict[str, str]:
    """What several of the team do not reach yet, for those several."""
    rule, today = rules.rulebook.rules[args["gap"]], day_of(now, person.zone)
    try:
        period = parse(args["period"]) if args.get("period") else default_period(person, now)
    except NoPeriod:
        period = default_period(person, now)
    team = args.get("team", "")
    names = leadership.led_by(person.id, today, int(team) if is_key(team) else None)
    if not names:
        return {}
    looks.note_all(person.id, list(names), f"the team’s counts of {period.label}", now)
    members = team_board.members(names, period, today, rules)
    found = next(iter(gaps(members, [rule.id])), None)
    open_ = [one.person_id for one in members if found and one.person_id in found.people]
    return {"title": rule.title, "serves": rule.id, "invite": _addresses(open_)}


def _topic(topic: str, rules: Rules) -> dict[str, str]:
    return {"title": rules.vocabulary.name(topic)} if topic in rules.vocabulary.topics else {}


def _addresses(person_ids: list[int]) -> str:
    return "\n".join(one.email for one in roster.people(person_ids))
