"""Every page in every state that the tests look at: its name, who opens it, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from advocacy.models.words import WorkState
from tests.browser.company import Company

NOBODY = ""
FOUND: dict[str, Any] = {
    "title": "Notes from the field",
    "address": "http://127.0.0.1:9/feed.xml",
    "seen": 3,
    "kept": 1,
    "problem": "",
    "items": [
        {"title": "Chaos for an SRE", "at": "2026-11-02T10:00:00+00:00", "kept": True, "why": "speaks of chaos"},
        {"title": "كيف بدأت", "at": "2026-10-02T10:00:00+00:00", "kept": False, "why": "no topic of the vocabulary"},
        {"title": "W" * 90, "at": "2026-09-02T10:00:00+00:00", "kept": False, "why": "no topic of the vocabulary"},
    ],
}
TAKEN: dict[str, Any] = {
    "batch": None,
    "account": {"platform": "x", "handle": "asha_k", "is_new": True},
    "covered": {"since": "2018-10-10T20:19:24+00:00", "until": "2026-11-01T05:00:00+00:00"},
    "counts": {"read": 4, "new": 1, "changed": 0, "same": 1, "skipped": 1, "errors": 1},
    "skipped": [{"reason": "a repost: somebody else's words", "count": 1, "examples": ["data/tweets.js item 7"]}],
    "notes": ["the column 'Mood' is not read"],
    "errors": [{"where": "data/tweets.js item 3", "what": "it is no JSON", "mend": "fetch the archive again"}],
    "items": [
        {
            "outcome": "new",
            "title": "كيف بدأت",
            "at": "2026-10-02T10:00:00",
            "kind": "post",
            "url": "",
            "why": "names chaos",
        },
        {
            "outcome": "same",
            "title": "W" * 90,
            "at": "2026-09-02T10:00:00",
            "kind": "training_given",
            "url": "",
            "why": "",
        },
    ],
}
BROKEN = {"problem": "There is no feed at this address.", "authors": ["Asha Kulkarni", "ليلى حدّاد"]}
UNPROVED = {
    "problem": "the code is not shown at asha_k yet: it is empty. A change may take a minute.",
    "unproved": True,
}
CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:كيف بدأت\nDTSTART:20261210T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
EVENTS = "name,starts,cfp_closes\nكيف بدأت,2030-12-10,2030-11-10\n" + "W" * 90 + ",2030-01-01,\nOdd,soon,\n"
REWORDED = "# Engineer\n\n## Advocacy\n- Answer surveys of the company and of the product\n- Teach what you learned\n"


@dataclass(frozen=True)
class Page:
    """One page as one person sees it; `path` is worked out when the company stands, `form` is posted from there."""

    name: str
    who: str
    path: Callable[[Company], str]
    form: tuple[tuple[str, str], ...] = ()
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name}-{self.who or 'nobody'}"


def _at(path: str) -> Callable[[Company], str]:
    return lambda company: path


def _expectation(who: str, *, measured: bool, empty: bool = False) -> Callable[[Company], str]:
    return lambda company: f"/expectations/{company.line(who, measured=measured, empty=empty).expectation_id}"


def _released(path: str, who: str = "asha") -> Callable[[Company], str]:
    return lambda company: path.replace("PERSON", company.releases(who))


def _planned(path: str) -> Callable[[Company], str]:
    """A page on which what Asha planned stands."""

    def stands(company: Company) -> str:
        company.planned("asha")
        return path

    return stands


def _event(name: str, end: str = "") -> Callable[[Company], str]:
    return lambda company: f"/events/{company.event(name)}{end}"


def _handed(who: str, state: WorkState, result: dict[str, Any] | None = None) -> Callable[[Company], str]:
    return lambda company: f"/sources/import/{company.handed_in(who, state=state, result=result)}"


def _preview(who: str, host: str, state: WorkState, result: dict[str, Any] | None = None) -> Callable[[Company], str]:
    def path(company: Company) -> str:
        return f"/sources/connect/{company.previewed(who, address=f'https://{host}/', state=state, result=result)}"

    return path


def _logged(who: str, to: str = "", **said: str) -> Callable[[Company], str]:
    def path(company: Company) -> str:
        number = company.logged(who, **said)
        return to or f"/add/log/{number}"

    return path


def _compared(*who: str) -> Callable[[Company], str]:
    def path(company: Company) -> str:
        return "/speakers/compare?q=Kubernetes" + "".join(f"&person={company.number(first)}" for first in who)

    return path


def _shortlisted(*who: str) -> Callable[[Company], str]:
    """The shortlists of Mark, who chose these and nobody else."""

    def path(company: Company) -> str:
        company.shortlist("mark", "Kubernetes", who)
        return "/speakers/shortlist"

    return path


def _variant(company: Company) -> str:
    plans = company.planned("asha")
    return f"/talks/{plans.talk}/variants/{plans.variant}"


def _first(query: str) -> Callable[[Company], str]:
    """A page of what the demo holds, by the number that a question to its tables gives."""
    return lambda company: company.address_of(query)


_asked = _first(
    "SELECT '/approvals/' || max(id) FROM approval a WHERE kind = 'marketing' AND said = 'asked' AND NOT EXISTS"
    " (SELECT 1 FROM approval b WHERE b.proposal_id = a.proposal_id AND b.kind = a.kind AND b.id > a.id)"
)
_in_library = _first("SELECT '/talks/library/' || min(id) FROM talk WHERE visibility = 'public'")
_followed = _first("SELECT '/proposals/' || min(id) FROM proposal WHERE visibility = 'marketing'")

PAGES = (
    Page("sign-in", NOBODY, _at("/sign-in")),
    Page("setup", NOBODY, lambda company: f"/setup/{company.invitation('nia')}"),
    Page("not-found-signed-out", NOBODY, _at("/setup/never-was"), status=404),
    Page("home-lived-in", "asha", _at("/")),
    Page("home-year", "asha", _at("/?period=2026")),
    Page("home-newcomer", "nia", _at("/")),
    Page("home-failing-source", "lena", _at("/")),
    Page("home-role-changed", "sofia", _at("/")),
    Page("home-right-to-left", "layla", _at("/")),
    Page("home-long-name", "max", _at("/")),
    Page("home-no-role", "mark", _at("/")),
    Page("home-no-role", "adam", _at("/")),
    Page("inbox", "asha", _at("/inbox")),
    Page("inbox-empty", "nia", _at("/inbox")),
    Page("inbox-right-to-left", "layla", _at("/inbox")),
    Page("inbox-long-name", "max", _at("/inbox")),
    Page("inbox-edited", "max", lambda company: company.busy_inbox("max")),
    Page("inbox-strong", "asha", _at("/inbox/strong")),
    Page("inbox-rules-none", "asha", _at("/inbox/rules")),
    Page("inbox-rules", "max", lambda company: company.busy_inbox("max") and "/inbox/rules"),
    Page("expectation-measured", "asha", _expectation("asha", measured=True)),
    Page("expectation-unmeasured", "asha", _expectation("asha", measured=False)),
    Page("expectation-empty", "nia", _expectation("nia", measured=True, empty=True)),
    Page("expectation-right-to-left", "layla", _expectation("layla", measured=True)),
    Page(
        "as-what",
        "asha",
        lambda company: f"{_expectation('asha', measured=True)(company)}/as/{company.activity('asha')}",
    ),
    Page("attach", "asha", lambda company: f"{_expectation('asha', measured=False)(company)}/attach"),
    Page("attach-nothing", "max", lambda company: f"{_expectation('max', measured=False)(company)}/attach?words=xyzzy"),
    Page("testimony", "asha", lambda company: f"/testimony/{company.activity('asha')}"),
    Page("asked-nothing", "asha", _at("/testimony/asked")),
    Page("review", "asha", _at("/review/?period=2026")),
    Page("review-nothing", "nia", _at("/review/")),
    Page("review-right-to-left", "layla", _at("/review/")),
    Page("review-long-name", "max", _at("/review/")),
    Page("away", "asha", _at("/away/")),
    Page("away", "sofia", _at("/away/")),
    Page("timeline", "asha", _at("/timeline")),
    Page("timeline-nothing", "nia", _at("/timeline")),
    Page("timeline-long-name", "max", _at("/timeline?words=xyzzy+-no")),
    Page("add", "asha", _logged("asha", to="/add")),
    Page("add-newcomer", "nia", _at("/add")),
    Page("add-no-role", "adam", _at("/add?q=helped")),
    Page("add-decision", "asha", _at("/add?q=adopt+Mayastor+because+it+halves+the+cost+yesterday")),
    Page("add-post", "max", _at("/add?kind=post&title=" + "W" * 90)),
    Page("add-wrong", "asha", _at("/add?kind=learning"), form=(("topic", "etcd"), ("url", "nowhere")), status=422),
    Page("log-entry", "asha", _logged("asha", verdict="adopt", topic="Mayastor", reason="it halves the cost")),
    Page(
        "log-entry-not-read", "layla", _logged("layla", url="https://nowhere.example/a", title="كيف بدأت " + "W" * 90)
    ),
    Page("log-entry-supports-nothing", "max", _logged("max", title="A note", platform="slack")),
    Page("log", "asha", _logged("asha", to="/add/log")),
    Page("log-empty", "nia", _at("/add/log")),
    Page("log-of-somebody-else", "max", _logged("asha"), status=404),
    Page("activity", "asha", lambda company: f"/activities/{company.activity('asha')}"),
    Page("activity-right-to-left", "layla", lambda company: f"/activities/{company.activity('layla')}"),
    Page("activity-in-three-places", "max", lambda company: f"/activities/{company.work('max')}"),
    Page("activity-in-a-thread", "max", lambda company: f"/activities/{company.answer('max')}"),
    Page("activity-of-somebody-else", "max", lambda company: f"/activities/{company.activity('asha')}", status=404),
    Page("privacy", "asha", _released("/privacy/")),
    Page("privacy-empty", "nia", _at("/privacy/")),
    Page("privacy", "adam", _at("/privacy/")),
    Page("who-looked", "asha", _released("/privacy/looks")),
    Page("who-looked-nobody", "nia", _at("/privacy/looks")),
    Page("release", "asha", _released("/privacy/items?kind=article&seen=marketing")),
    Page("release-nothing-like-that", "asha", _at("/privacy/items?channel=nowhere")),
    Page("release-empty", "nia", _at("/privacy/items")),
    Page("rule", "asha", _at("/privacy/rules/new")),
    Page("rule-refused", "asha", _at("/privacy/rules/new"), form=(("channel", ""),), status=422),
    Page("erase", "asha", _at("/privacy/erase/")),
    Page("released-to-lead", "asha", _released("/people/PERSON/released")),
    Page("released-to-marketing", "asha", _released("/people/PERSON/released?as=marketing")),
    Page("released-to-everybody", "asha", _released("/people/PERSON/released?as=everybody")),
    Page("voice", "mark", _released("/voice")),
    Page("voice-nothing", "mark", _at("/voice?until=2010-01-01")),
    Page("voice-behind", "mark", _released("/voice/behind")),
    Page("voice-gap", "mark", _released("/voice/behind?persona=cto&format=talk&topic=kubernetes")),
    Page("voice-works", "mark", _released("/voice/works")),
    Page("voice-works-nothing", "mark", _at("/voice/works?platform=slack")),
    Page("voice-forbidden", "asha", _at("/voice"), status=403),
    Page("released-people", "lena", _released("/people/")),
    Page("released-people", "mark", _released("/people/")),
    Page("released-people-nobody", "asha", _at("/people/")),
    Page("released", "lena", _released("/people/PERSON/released")),
    Page("profile", "asha", _released("/profile/")),
    Page("profile-as-everybody", "asha", _released("/profile/?as=everybody")),
    Page("profile-empty", "nia", _at("/profile/")),
    Page("profile-edit", "asha", _released("/profile/edit")),
    Page("profile-refused", "asha", _released("/profile/edit"), form=(("links", "Web: ftp://x"),), status=422),
    Page("profile-file", "asha", _at("/profile/file")),
    Page("profile-file-refused", "asha", _at("/profile/file"), form=(("text", "nothing"),), status=422),
    Page("profile-published", "lena", _at("/profile/")),
    Page("profile-right-to-left", "layla", _at("/profile/one-pager")),
    Page("profile-handed-in", "max", _at("/profile/")),
    Page("portrait", "lena", _at("/profile/portrait")),
    Page("portrait-refused", "nia", _at("/profile/portrait"), form=(("alt", ""), ("credit", "W" * 90)), status=422),
    Page("directory", "nia", _at("/speakers/directory")),
    Page("directory", "mark", _at("/speakers/directory?topic=storage&form=talk")),
    Page("directory-nobody-fits", "nia", _at("/speakers/directory?place=nowhere")),
    Page("speakers", "mark", _at("/speakers")),
    Page("speakers-found", "mark", _released("/speakers?q=Kubernetes+storage")),
    Page("speakers-nobody", "mark", _at("/speakers?q=cobol")),
    Page("speakers-narrowed", "mark", _at("/speakers?q=Kubernetes&language=English&form=talk&months=24&willing=1")),
    Page("speakers-slip-of-the-pen", "mark", _at("/speakers?q=kubernets")),
    Page("speakers-question", "mark", _at("/speakers?q=Kubernetes+storage,+Bangalore,+next+month&size=50")),
    Page("speakers-forbidden", "asha", _at("/speakers"), status=403),
    Page("speakers-compare", "mark", _compared("asha", "sofia", "max", "joon")),
    Page("speakers-compare-too-few", "mark", _compared("asha")),
    Page("shortlist-empty", "mark", _shortlisted()),
    Page("shortlist", "mark", _shortlisted("asha", "max", "layla")),
    Page("one-pager", "asha", _released("/profile/one-pager")),
    Page("profile-of", "max", _released("/people/PERSON/profile")),
    Page("talks", "asha", _planned("/talks")),
    Page("talks-nothing", "nia", _at("/talks")),
    Page("seeds", "asha", _at("/talks/seeds")),
    Page("seeds-nothing", "nia", _at("/talks/seeds")),
    Page("asks", "asha", _at("/asks")),
    Page("asks-nothing", "nia", _at("/asks")),
    Page("asks-sent", "mark", _at("/asks/sent")),
    Page("asks-sent-nothing", "lena", _at("/asks/sent")),
    Page("ask-to-speak", "mark", lambda company: f"/people/{company.number('asha')}/ask?topic=kubernetes"),
    Page("ask-refused", "mark", lambda company: f"/people/{company.number('joon')}/ask", (("name", ""),), 422),
    Page("talk", "asha", lambda company: f"/talks/{company.planned('asha').talk}"),
    Page("talk-new", "asha", _at("/talks/new")),
    Page("talk-propose", "asha", _at("/talks/propose")),
    Page("talk-refused", "asha", _at("/talks/propose"), form=(("title", ""),), status=422),
    Page("talk-given", "asha", _at("/talks/given")),
    Page("proposal", "asha", lambda company: f"/proposals/{company.planned('asha').proposal}"),
    Page("events", "asha", _at("/events")),
    Page("events", "mark", _at("/events?country=India")),
    Page("events-past", "layla", _at("/events?when=past")),
    Page("events-nothing-like-that", "asha", _at("/events?words=xyzzy")),
    Page("event", "asha", _event("Chaos Engineering Summit")),
    Page("event", "mark", _event("KubeCon Harbour Edition")),
    Page("event-new", "mark", _at("/events/new")),
    Page("event-refused", "mark", _at("/events/new"), form=(("name", ""), ("url", "x")), status=422),
    Page("event-mend", "mark", _event("KubeCon Harbour Edition", "/edit")),
    Page("events-read-in", "mark", _at("/events/import")),
    Page("events-read-in-refused", "mark", _at("/events/import"), form=(("text", "{}"),), status=422),
    Page("events-preview", "mark", _at("/events/import"), form=(("text", EVENTS),)),
    Page("board", "asha", _at("/events/board")),
    Page("board", "mark", _at("/events/board")),
    Page("board-nothing", "nia", _at("/events/board")),
    Page("board-list", "mark", _at("/events/board?as=list")),
    Page("board-timeline", "asha", _at("/events/board?as=timeline")),
    Page("talk-variant", "asha", _variant),
    Page("talk-propose-again", "asha", lambda company: f"/talks/propose?talk={company.planned('asha').talk}"),
    Page("library", "mark", _at("/talks/library")),
    Page("library-nothing-fits", "nia", _at("/talks/library?topic=cobol")),
    Page("followed", "mark", _at("/proposals")),
    Page("followed-nothing-fits", "nia", _at("/proposals?words=cobol")),
    Page("approvals", "mark", _at("/approvals")),
    Page("approvals", "lena", _at("/approvals")),
    Page("approvals-nothing", "nia", _at("/approvals")),
    Page("approval", "mark", _asked),
    Page("approval-refused", "mark", _asked, form=(("note", ""),), status=422),
    Page("library-talk", "mark", _in_library),
    Page("proposal-followed", "mark", _followed),
    Page("trainings", "asha", _planned("/trainings")),
    Page("trainings-nothing", "nia", _at("/trainings?list=attended")),
    Page("trainings-planned", "asha", _at("/trainings?list=planned")),
    Page("trainings-requests", "lena", _planned("/trainings?list=requests")),
    Page("training-given", "asha", _at("/trainings/given")),
    Page("training-attended", "asha", _at("/trainings/attended")),
    Page("training-plan", "asha", _at("/trainings/plan")),
    Page("training-request", "asha", _at("/trainings/request")),
    Page("training-refused", "asha", _at("/trainings/given"), form=(("title", ""),), status=422),
    Page("class-of-mine", "asha", lambda company: f"/classes/{company.planned('asha').held}"),
    Page("class-of-another", "lena", lambda company: f"/classes/{company.planned('asha').held}"),
    Page("class-planned", "lena", lambda company: f"/classes/{company.drill()}"),
    Page("class-planned", "joon", lambda company: f"/classes/{company.drill()}"),
    Page("class-planned", "layla", lambda company: f"/classes/{company.drill()}"),
    Page("class-asked-to-teach", "asha", lambda company: f"/classes/{company.drill()}"),
    Page("class-change", "lena", lambda company: f"/classes/{company.drill()}/edit"),
    Page("class-check-in", "asha", _at("/classes/check-in")),
    Page("class-check-in-refused", "max", _at("/classes/check-in"), form=(("word", "never"),), status=422),
    Page("class-answer", NOBODY, lambda company: company.rsvp("nia")),
    Page("agenda", "asha", lambda company: f"/trainings/agenda?month={company.drill_month()}"),
    Page("agenda-month", "layla", lambda company: f"/trainings/agenda?month={company.drill_month()}&view=month"),
    Page("agenda-nothing", "nia", _at("/trainings/agenda?month=2020-01")),
    Page("calendar-read-in", "asha", _at("/trainings/calendar")),
    Page("calendar-refused", "asha", _at("/trainings/calendar"), form=(("text", "nothing"),), status=422),
    Page("calendar-preview", "asha", _at("/trainings/calendar"), form=(("text", CALENDAR),)),
    Page("team", "lena", _planned("/team")),
    Page("team-topics", "lena", _at("/team?view=topics")),
    Page("team-others", "lena", _at("/team/others")),
    Page("team-long-name", "max", _at("/team")),
    Page("team-forbidden", "asha", _at("/team"), status=403),
    Page("team-report", "lena", _planned("/team/report")),
    Page("before-a-talk", "lena", lambda company: f"/people/{company.number('joon')}/since"),
    Page("before-a-talk-nothing", "lena", lambda company: f"/people/{company.number('nia')}/since"),
    Page("planner", "lena", _planned("/trainings/planner")),
    Page("planner", "max", _at("/trainings/planner")),
    Page("planner-topic", "lena", _at("/trainings/planner/kubernetes")),
    Page("planner-topic-nobody", "max", _at("/trainings/planner/consensus")),
    Page("required", "lena", _planned("/trainings/required")),
    Page("required-nothing", "max", _at("/trainings/required")),
    Page("required-refused", "lena", _at("/trainings/required"), form=(("title", "Drill"),), status=422),
    Page("writing", "lena", _planned("/writing")),
    Page("writing", "joon", _at("/writing")),
    Page("writing-nothing", "nia", _at("/writing")),
    Page("draft", "lena", lambda company: f"/writing/{company.draft()}"),
    Page("draft", "joon", lambda company: f"/writing/{company.draft()}"),
    Page("responses", "mark", lambda company: f"/surveys/{company.survey()}/responses"),
    Page("responses-refused", "mark", lambda company: f"/surveys/{company.survey()}/responses", (("text", "x"),), 422),
    Page("surveys", "asha", _planned("/surveys")),
    Page("surveys-nothing", "nia", _at("/surveys")),
    Page("surveys-lead", "lena", _planned("/surveys")),
    Page("survey-open", "lena", _at("/surveys/open")),
    Page("survey-forbidden", "asha", _at("/surveys/open"), status=403),
    Page("letters", "asha", _at("/letters/")),
    Page("letters-nothing", "nia", _at("/letters/")),
    Page("letters-long-name", "max", lambda company: "/letters/" if company.lettered("max") else ""),
    Page("letter", "layla", lambda company: f"/letters/{company.lettered('layla')}"),
    Page("letters-new-address", "asha", _at("/letters/"), form=(("name", "هاتفي, " + "W" * 70),)),
    Page("letters-stop", NOBODY, lambda company: company.stop_letters("asha")),
    Page("sources", "asha", _at("/sources")),
    Page("sources-failing", "lena", _at("/sources")),
    Page("sources-long-name", "max", _at("/sources")),
    Page("sources-empty", "nia", _at("/sources")),
    Page("sources-empty", "adam", _at("/sources")),
    Page("connect", "asha", _at("/sources/connect")),
    Page("connect-blog", "asha", _at("/sources/connect/feed")),
    Page("connect-x", "asha", _at("/sources/connect/x")),
    Page("connect-code", "asha", _at("/sources/connect/reddit/code?address=asha_k")),
    Page("connect-unproved", "asha", _preview("asha", "unproved.example", WorkState.DONE, UNPROVED)),
    Page("proof", "asha", lambda company: f"/sources/{company.account('asha')}/proof"),
    Page("connect-refused", "asha", _at("/sources/connect/feed"), form=(("address", "ftp://nowhere"),), status=422),
    Page("connect", "adam", _at("/sources/connect")),
    Page("preview-open", "asha", _preview("asha", "slow.example", WorkState.RUNNING)),
    Page("preview-found", "asha", _preview("asha", "found.example", WorkState.DONE, FOUND)),
    Page("preview-broken", "asha", _preview("asha", "broken.example", WorkState.DONE, BROKEN)),
    Page("archive", "asha", _at("/sources/import")),
    Page("archive-open", "asha", _handed("asha", WorkState.RUNNING)),
    Page("archive-found", "asha", _handed("asha", WorkState.DONE, TAKEN)),
    Page("archive-broken", "asha", _handed("asha", WorkState.DONE, {"problem": "there is no data/tweets.js in x.zip"})),
    Page("forget", "asha", lambda company: f"/sources/{company.account('asha')}/forget"),
    Page("ladder", "asha", _at("/ladder")),
    Page("ladder", "adam", _at("/ladder")),
    Page("ladder-other-page", "adam", _at("/ladder?page=senior-engineer")),
    Page("import", "adam", _at("/ladder/import")),
    Page("import-diff", "adam", _at("/ladder/import"), form=(("text", REWORDED), ("name", "engineer.md"))),
    Page("import-refused", "adam", _at("/ladder/import"), form=(("text", "nothing"),), status=422),
    Page("import-forbidden", "asha", _at("/ladder/import"), status=403),
    Page("health", "adam", _at("/admin/sources")),
    Page("health-failing", "adam", _at("/admin/sources?state=failing&sort=address")),
    Page("health-nothing-like-that", "adam", _at("/admin/sources?q=nowhere")),
    Page("health-forbidden", "asha", _at("/admin/sources"), status=403),
    Page("not-found", "adam", _at("/expectations/999999"), status=404),
    Page("logins", "asha", _at("/logins")),
    Page("logins", "adam", _at("/logins")),
)
