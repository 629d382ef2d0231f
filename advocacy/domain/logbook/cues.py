"""By which words a line is taken for which kind of entry; the first that is met decides."""

import re

from advocacy.domain.logbook.kinds import LogKind


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(ways) + r")(?!\w)", re.IGNORECASE)


_SOME = r"(?:[\w’'-]+ ){0,4}"
_OWN = r"(?:a|the|my|our) "
ELSEWHERE = (
    ("survey", _any(rf"(?:completed|answered|filled (?:in|out)|took|done with) {_SOME}survey")),
    ("attended", _any(r"attended", rf"was at (?:a|the) {_SOME}(?:training|workshop|brown bag)", r"sat in on")),
    (
        "proposal",
        _any(r"cfp", r"(?:talk|session) proposal", r"submitted (?:a|my|our) (?:talk|proposal|abstract)"),
    ),
    (
        "talk",
        _any(
            rf"(?:gave|held|did) {_OWN}{_SOME}(?:talk|webinar|keynote)",
            r"(?:spoke|presented|speaking|presenting) at",
        ),
    ),
    (
        "given",
        _any(
            rf"(?:gave|held|ran|did|led) {_OWN}{_SOME}(?:training|workshop|brown bag|knowledge session|lab|class)",
            r"(?:trained|taught) (?:the|my|our|a)?",
        ),
    ),
)
"""What has a page of its own."""

KINDS = (
    (
        LogKind.SUPPORT,
        _any(
            r"(?:training|workshop|trained) [\w ,]{0,60}(?:support team|support engineers|customer support)",
            r"trained (?:the )?support",
        ),
    ),
    (
        LogKind.FEEDBACK,
        _any(r"feedback (?:on|of|for|from)", r"rated [\d.]+", r"\d[\d.]* ?(?:out of|/) ?5", r"response rate", "csat"),
    ),
    (
        LogKind.REQUEST,
        _any(r"(?:training|course) requests?", r"request for (?:a )?training", r"training requirements?"),
    ),
    (
        LogKind.WRITING,
        _any(
            rf"(?:reviewed|read|edited|commented on) {_SOME}(?:draft|blog post|article|whitepaper)",
            rf"pair(?:ed|ing) (?:with [\w ]{{1,30}} )?on {_SOME}(?:blog|post|article)",
            r"writing (?:session|hour|workshop|clinic)",
            r"co-?(?:wrote|authored)",
            r"gave [\w ]{1,40} time to write",
            r"ghost[- ]?edited",
        ),
    ),
    (
        LogKind.TALLY,
        _any(
            r"\+\d+",
            r"(?:answered|helped|unblocked|guided) (?:\d+|one|two|three|four|five|six|a|some|somebody|people|users?)",
        ),
    ),
    (
        LogKind.DECISION,
        re.compile(
            r"\A(?:we |decision: ?|decided to |we decided to |recommended to )*(?:adopt|trial|hold)(?:ed|ing)?(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (LogKind.TREND, _any(r"vs\.?", "versus", "compared", "comparison of", r"trend(?: note)?:?", "benchmarked")),
    (
        LogKind.LEARNING,
        _any(
            r"til:?",
            r"learn(?:ed|t)",
            r"(?:finished|completed) (?:the |a )?(?:[\w-]+ ){0,3}(?:course|book|certification)",
            "passed",
            "read the book",
            "got certified",
        ),
    ),
    (
        LogKind.AREA,
        _any(
            r"(?:became|now) (?:an? )?(?:reviewer|approver|maintainer|lead|committer)",
            r"sig [a-z]+ meeting",
            rf"(?:reviewed|merged|opened) {_SOME}(?:prs?|pull requests?)",
            r"as (?:an? )?(?:reviewer|approver|maintainer) of",
        ),
    ),
)
ACTS = (
    ("together", _any(r"co-?(?:wrote|authored)")),
    ("edited", _any("ghost[- ]?edited", "edited")),
    ("paired", _any("paired", "pairing")),
    ("time", _any("time to write")),
    ("session", _any(r"writing (?:session|hour|workshop|clinic)")),
    ("reviewed", re.compile("")),
)
"""What was done for somebody's writing."""
