"""What is asked of each kind of entry: fields as data, so that page, command and table agree."""

from collections.abc import Mapping

from advocacy.domain.logbook.kinds import Ask, Field, LogKind, Shape

_LINK = Field("url", "Link", Ask.LINK)
_PLACE_HINT = "A channel, a list, a community: #kubernetes-users"
PLATFORMS = (
    ("linkedin", "LinkedIn"),
    ("mastodon", "Mastodon"),
    ("bluesky", "Bluesky"),
    ("x", "X"),
    ("slack", "Slack"),
    ("discord", "Discord"),
    ("newsletter", "a newsletter"),
    ("feed", "a blog"),
    ("dev", "DEV"),
    ("youtube", "YouTube"),
    ("discourse", "a Discourse forum"),
    ("hackernews", "Hacker News"),
    ("reddit", "Reddit"),
    ("stackexchange", "Stack Exchange"),
    ("github", "GitHub"),
    ("elsewhere", "somewhere else"),
)
SHAPES: Mapping[LogKind, Shape] = {
    LogKind.POST: Shape(
        "A post elsewhere",
        "LinkedIn, Mastodon, Slack, a newsletter: what no source here reads",
        "tweets",
        (
            _LINK,
            Field("title", "Title", hint="Left empty, it is taken from the page behind the link"),
            Field("text", "What it says", Ask.WORDS),
            Field("platform", "Where", Ask.CHOICE, choices=PLATFORMS),
            Field("place", "Channel or name of the place", hint=_PLACE_HINT),
            Field(
                "what",
                "What it is",
                Ask.CHOICE,
                choices=(
                    ("post", "a post"),
                    ("article", "an article"),
                    ("answer", "an answer"),
                    ("reply", "a reply"),
                    ("question", "a question"),
                ),
            ),
            Field(
                "role",
                "Your part in the thread",
                Ask.CHOICE,
                choices=(
                    ("opened", "I opened it"),
                    ("answered", "I answered it"),
                    ("sustained", "I kept it going"),
                    ("moderated", "I moderated it"),
                    ("joined", "I joined in"),
                ),
            ),
            Field("others", "Replies of others", Ask.NUMBER),
        ),
    ),
    LogKind.TALLY: Shape(
        "Help given",
        "Answers in a channel, a meeting, a mailing list; no link needed, and it grows with one tap",
        "advocacy",
        (
            Field("place", "Where", needed="Say where you helped: a channel, a meeting, a list.", hint=_PLACE_HINT),
            Field("count", "How many", Ask.NUMBER, hint="1 when left empty"),
            Field("about", "About what", hint="Name the component, so that it can count as advocacy for it"),
        ),
    ),
    LogKind.TREND: Shape(
        "A trend note",
        "You compared technologies and came to a conclusion",
        "trends",
        (
            Field("topic", "What you compared", needed="Say what you compared.", hint="Mayastor and Longhorn"),
            Field(
                "conclusion", "Your conclusion", Ask.WORDS, needed="Say what you concluded: without it, no analysis."
            ),
            Field("text", "What you looked at", Ask.WORDS),
            _LINK,
        ),
    ),
    LogKind.LEARNING: Shape(
        "Something learned",
        "A course, a book, a certificate, an evening with the source",
        "learn-train",
        (
            Field("topic", "What you learned", needed="Say what you learned."),
            Field("how", "How", hint="A course, a book, a certificate"),
            Field("text", "What stays with you", Ask.WORDS),
            _LINK,
        ),
    ),
    LogKind.NEED: Shape(
        "A persona's need",
        "What a persona lacks, and where it stands in the backlog",
        "backlog",
        (
            Field("persona", "Whose need", Ask.PERSONA, needed="Choose whose need it is."),
            Field("need", "What they need", Ask.WORDS, needed="Say what they need."),
            Field("backlog", "Link to the backlog", Ask.LINK, hint="Without it the need counts for nothing yet"),
            Field(
                "state",
                "Where it stands",
                Ask.CHOICE,
                choices=(("filed", "filed"), ("accepted", "accepted"), ("declined", "declined"), ("done", "done")),
            ),
            Field("url", "Where it came up", Ask.LINK),
        ),
    ),
    LogKind.DECISION: Shape(
        "A decision",
        "Adopt, trial or hold, with the reason",
        "guide",
        (
            Field(
                "verdict",
                "Decision",
                Ask.CHOICE,
                needed="Choose: adopt, trial or hold.",
                choices=(("adopt", "adopt"), ("trial", "trial"), ("hold", "hold")),
            ),
            Field("topic", "Of what", needed="Say what it was about."),
            Field("reason", "Reason", Ask.WORDS, needed="Give the reason: without it, nobody can learn from it."),
            _LINK,
        ),
    ),
    LogKind.WRITING: Shape(
        "Help with writing",
        "You read a draft, paired on a post, gave somebody time to write",
        "writing",
        (
            Field(
                "act",
                "What you did",
                Ask.CHOICE,
                needed="Choose what you did.",
                choices=(
                    ("reviewed", "reviewed a draft"),
                    ("paired", "paired on a post"),
                    ("time", "gave time to write"),
                    ("edited", "ghost-edited a draft"),
                    ("together", "wrote it together"),
                    ("session", "held a writing session"),
                ),
            ),
            Field("who", "With whom"),
            Field("title", "What was written"),
            Field("text", "More about it", Ask.WORDS),
            _LINK,
        ),
    ),
    LogKind.AREA: Shape(
        "An open-source area",
        "A project, your role in it, and a link that shows it",
        "oss-areas",
        (
            Field("project", "Project and area", needed="Name the project.", hint="Kubernetes, SIG Storage"),
            Field(
                "part",
                "Your role",
                Ask.CHOICE,
                needed="Choose your role.",
                choices=(
                    ("participant", "participant"),
                    ("reviewer", "reviewer"),
                    ("approver", "approver"),
                    ("maintainer", "maintainer"),
                    ("lead", "lead of the area"),
                ),
            ),
            Field("text", "What you did lately", Ask.WORDS),
            Field("url", "Link as proof", Ask.LINK),
        ),
    ),
    LogKind.SUPPORT: Shape(
        "A training with support",
        "Held with the support team, and who was there",
        "support-training",
        (
            Field("topic", "About what", needed="Say what it was about."),
            Field(
                "count",
                "How many of support were there",
                Ask.NUMBER,
                needed="Say how many were there: only attendance counts.",
            ),
            Field("text", "More about it", Ask.WORDS),
            _LINK,
        ),
    ),
    LogKind.FEEDBACK: Shape(
        "Feedback on a session",
        "How many answered, how they rated it, what was changed",
        "feedback",
        (
            Field("topic", "Which session", needed="Say which session it was."),
            Field("count", "Responses", Ask.NUMBER),
            Field("asked", "Asked", Ask.NUMBER),
            Field("score", "Rating out of 5", Ask.SCORE),
            Field("action", "What was changed", Ask.WORDS),
            _LINK,
        ),
    ),
    LogKind.REQUEST: Shape(
        "A request for training",
        "You took one in, weighed it, decided on it",
        "requirements",
        (
            Field("topic", "What is asked for", needed="Say what is asked for."),
            Field("text", "What you did with it", Ask.WORDS, needed="Say what you did with it."),
            _LINK,
        ),
    ),
    LogKind.OTHER: Shape(
        "Something else",
        "Evidence for any sentence of the role page, also those that are not measured here",
        "",
        (
            Field("title", "In short", needed="Say in a few words what it was."),
            Field("text", "What you did, and what came of it", Ask.WORDS),
            _LINK,
        ),
    ),
}
ELSEWHERE: Mapping[str, tuple[str, str, str]] = {
    "talk": ("A talk given", "proposing.given", "recording"),
    "proposal": ("A proposal", "proposing.propose", "url"),
    "given": ("A training given", "teaching.given", "materials"),
    "attended": ("A training attended", "teaching.attended", "materials"),
    "survey": ("A survey answered", "surveys.show", "proof"),
}
"""What has a page of its own: what it is called, the route, and its field for a link."""
