"""The report of a lead's teams as Markdown."""

from collections.abc import Iterator, Mapping

from advocacy.domain.lead_report import Held, Report, coverage_in_words, needs_in_words, small
from advocacy.review.markdown import plain


def markdown(one: Report, titles: Mapping[str, str]) -> str:
    """The whole report; `titles` are those of the rules."""
    return "\n".join(_lines(one, titles)) + "\n"


def _lines(one: Report, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"# {plain(', '.join(one.teams)) or 'My team'} in {one.period}"
    yield from ("", f"{one.people} people, {one.sharing} of them released something of this time.")
    yield from ("", "## Needs", "", needs_in_words(one.needs), "", "## Classes held")
    for held in one.held:
        yield from ("", f"### {plain(held.title)}, {held.day.isoformat()}", "")
        yield from (f"- {line}" for line in _held(held, titles))
    if not one.held:
        yield from ("", "None.")
    yield from ("", "## Coverage before and after", "", "Of those who share, the period before against this one.", "")
    yield from (f"- {titles.get(each.rule, each.rule)}: {coverage_in_words(each)}" for each in one.coverage)
    yield from ("", "## Writing", "", f"{one.pieces} pieces by {one.writers} people, {one.firsts} of them a first one.")
    yield from ("", "## Required trainings", "")
    yield from (f"- {plain(team)}: {have} of {of} had" for team, have, of in one.required)
    yield from ("", "## Surveys", "")
    yield from (f"- {plain(title)}: {done} of {of} done" for title, done, of in one.surveys)


def _held(one: Held, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"{one.there} were there"
    if one.there:
        score = f", usefulness {one.score:g} of 5" if one.score is not None else ""
        yield f"{one.answered} answered ({one.rate}%){score}"
    if one.action:
        yield f"What changed: {plain(one.action)}"
    for each in one.coverage:
        if not small(each):
            yield f"{titles.get(each.rule, each.rule)}: {coverage_in_words(each)}"
