"""Every route of the app, and how a test calls it with somebody's things. A new route is an entry in `CALLS`."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, current_app

from advocacy import logbook
from advocacy.domain.activity import Platform
from advocacy.domain.logbook.kinds import LogKind
from advocacy.logbook import Draft
from advocacy.models import (
    artefacts,
    connect,
    db,
    feed_tokens,
    import_batches,
    import_jobs,
    jobs,
    ladder_import,
    logins,
    offers,
    outbox,
    portraits,
    roster,
    sentences,
    speaker_files,
)
from advocacy.models.base import Base
from advocacy.models.feed_tokens import Opens
from advocacy.models.import_jobs import Handed
from advocacy.models.inbox import acts
from advocacy.models.learned import LearnedRule
from advocacy.models.people import Absence, Person
from advocacy.models.release import items
from advocacy.models.release import rules as releases
from advocacy.models.release.caught import Wanted
from advocacy.models.witnesses import Witness
from advocacy.models.words import Part, Visibility, WorkState
from tests.plans import Plans, plans_of

PILOT = b"# Pilot\n\n## Flying\n- Land more often than you start\n"
NOT_WATCHED = {("login", "seen_at"), ("feed_token", "used_on")}  #: that somebody is there may be noted by reading


@dataclass(frozen=True)
class Call:
    """What somebody whom the policy lets in is told: about another person's things, and about their own.

    `lead` is what her lead is told when that is something else. `touches` are tables without an owner that the call
    is there to change, `shows` what it is there to show, `notes` are tables in which a page writes down that somebody
    looked.
    """

    theirs: int
    own: int
    form: Mapping[str, str] = field(default_factory=dict)
    touches: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    lead: int | None = None


READ, SENT, ELSEWHERE = Call(200, 200), Call(303, 303), Call(404, 404)
ITS, DONE = Call(404, 200), Call(404, 303)
BLOG, TITLE = "asha0.example", "An SRE's first hour"  #: Asha's, as `things` and the article make them
LADDER = frozenset({"role_page", "ladder_version", "expectation", "wording", "job_run", "generation"})
TOLD = frozenset({"activity", "activity_link"})  #: what puts something on the timeline
SPEAKER = frozenset({"proposal_speaker"})
PAGE = {"text": PILOT.decode(), "name": "pilot.md"}

CALLS: dict[tuple[str, str], Call] = {
    ("static", "GET"): READ,
    ("health.alive", "GET"): READ,
    ("health.ready", "GET"): READ,
    ("home.show", "GET"): READ,
    ("inbox.show", "GET"): ELSEWHERE,  # the query names another's item
    ("inbox.strong", "GET"): READ,
    ("inbox.as_sheet", "GET"): READ,
    ("inbox_acts.decide", "POST"): Call(404, 404, {"word": "rejected"}),
    ("inbox_acts.confirm", "POST"): ELSEWHERE,
    ("inbox_acts.snooze", "POST"): Call(404, 404, {"until": "2026-12-24"}),
    ("inbox_acts.answer_edit", "POST"): ELSEWHERE,  # nothing of hers was edited since she confirmed it
    ("inbox_acts.undo", "POST"): ELSEWHERE,
    ("inbox_acts.answer", "POST"): Call(404, 303, {"answer": "leave"}),
    ("learned.show", "GET"): READ,
    ("learned.keep", "POST"): Call(404, 404, {"where": "platform", "expectation": ""}),
    ("learned.answer", "POST"): Call(400, 400, {"answer": "keep", "expectation": ""}),
    ("learned.delete", "POST"): DONE,
    ("learned.again", "POST"): Call(404, 404, {"platform": "x"}),  # the body names another's account
    ("expectations.show", "GET"): ITS,
    ("expectations.decide", "POST"): Call(404, 404, {"word": "confirmed"}),  # the body names another's activity
    ("attaching.ask", "GET"): ITS,
    ("attaching.as_what", "GET"): ITS,
    ("attaching.attach", "POST"): Call(404, 404),  # the body names another's activity
    ("attaching.pin", "POST"): Call(404, 404),
    ("voices.speak", "POST"): Call(404, 303, {"claim": "covered"}),
    ("voices.show", "GET"): Call(404, 404, lead=200, notes=frozenset({"audit"})),
    ("voices.speak_as_lead", "POST"): Call(404, 404, {"claim": "covered"}, lead=303),
    ("testimony.show", "GET"): ITS,
    ("testimony.link", "POST"): Call(404, 303, {"url": "https://slides.example/1"}),
    ("testimony.unlink", "POST"): DONE,
    ("testimony.ask", "POST"): DONE,
    ("testimony.asked", "GET"): READ,
    ("testimony.answer", "POST"): Call(404, 303, {"saw": "yes"}),
    ("away.show", "GET"): READ,
    ("away.note", "POST"): Call(303, 303, {"since": "2026-12-24", "until": "2026-12-31"}),
    ("away.remove", "POST"): DONE,
    ("away.begin_year", "POST"): Call(303, 303, {"month": "4"}),
    ("add.ask", "GET"): Call(404, 404),  # the query names another's expectation
    ("add.look", "POST"): Call(303, 303, {"q": "adopt Mayastor because it is cheaper"}),
    ("add.save", "POST"): Call(404, 404, {"kind": "other", "title": "A thing"}),  # the body names another's expectation
    ("log.mine", "GET"): READ,
    ("log.as_sheet", "GET"): READ,
    ("log.show", "GET"): ITS,
    ("log.progress", "GET"): ITS,
    ("log.change", "POST"): ELSEWHERE,  # the body names another's expectation
    ("log.again", "POST"): Call(404, 303, touches=frozenset({"activity"})),
    ("log.tap", "POST"): Call(404, 303, {"by": "1"}, frozenset({"activity"})),
    ("log.delete", "POST"): Call(404, 303, touches=frozenset({"activity"})),
    ("log.restore", "POST"): Call(404, 404),  # nothing was deleted
    ("activities.show", "GET"): ITS,
    ("activities.split", "POST"): DONE,
    ("activities.merge", "POST"): ELSEWHERE,  # the body names another's activity
    ("activities.undo", "POST"): DONE,
    ("activities.state", "POST"): Call(
        404, 303, {"metric": "views", "value": "3", "day": "2026-11-01"}, frozenset({"metric_snapshot"})
    ),
    ("promotion.say_of_one", "POST"): DONE,
    ("promotion.say_of_all", "POST"): SENT,
    ("voice.show", "GET"): READ,
    ("voice.as_sheet", "GET"): READ,
    ("voice.behind", "GET"): READ,
    ("voice.behind_sheet", "GET"): READ,
    ("voice_works.show", "GET"): READ,
    ("voice_works.as_sheet", "GET"): READ,
    ("timeline.show", "GET"): READ,
    ("timeline.as_sheet", "GET"): READ,
    ("pack.ask", "GET"): READ,
    ("pack.as_markdown", "GET"): READ,
    ("pack.as_json", "GET"): READ,
    ("pack.as_sheet", "GET"): READ,
    ("pack.activities", "GET"): READ,
    ("privacy.show", "GET"): READ,
    ("privacy.looked", "GET"): READ,
    ("privacy.looked_sheet", "GET"): READ,
    ("privacy.judge", "POST"): Call(303, 303, {"judging": "ask"}),
    ("release.show", "GET"): READ,
    ("release.as_sheet", "GET"): READ,
    ("release.say_of_all", "POST"): Call(303, 303, {"to": "lead", "kind": "article"}),
    ("release.say_of_one", "POST"): Call(404, 303, {"to": "lead"}),
    ("release.take_back", "POST"): DONE,
    ("release.ask", "GET"): READ,
    ("release.make", "POST"): Call(404, 404, {"to": "lead", "kind": "article"}),  # the body names another's account
    ("release.end", "POST"): DONE,
    ("release.take_up", "POST"): DONE,
    ("released.people", "GET"): READ,
    ("released.show", "GET"): Call(404, 200, lead=200, notes=frozenset({"audit"})),
    ("exporting.take", "POST"): READ,
    ("erasing.ask", "GET"): READ,
    ("erasing.erase", "POST"): Call(422, 422),
    ("profile.show", "GET"): READ,
    ("profile.one_pager", "GET"): READ,
    ("profile.of", "GET"): ITS,
    ("profile.as_file", "GET"): READ,
    ("profile.edit", "GET"): READ,
    ("profile.save", "POST"): Call(303, 303, {"name": "Somebody"}),
    ("profile.ask", "GET"): READ,
    ("profile.read", "POST"): Call(303, 303, {"text": "# Somebody\n"}),
    ("profile.undo", "POST"): SENT,
    ("publishing.publish", "POST"): SENT,
    ("publishing.withdraw", "POST"): ELSEWHERE,  # nothing was published
    ("publishing.answer", "POST"): Call(404, 303, {"answer": "leave"}),
    ("portrait.show", "GET"): ITS,
    ("portrait.ask", "GET"): READ,
    ("portrait.put", "POST"): Call(422, 303, {"alt": "Somebody"}),
    ("portrait.remove", "POST"): DONE,
    ("portrait.undo", "POST"): DONE,
    ("directory.show", "GET"): READ,
    ("directory.as_sheet", "GET"): READ,
    ("directory.as_markdown", "GET"): READ,
    ("directory.as_files", "GET"): READ,
    ("talks.show", "GET"): READ,
    ("talks.as_sheet", "GET"): READ,
    ("talks.ask", "GET"): READ,
    ("talks.add", "POST"): Call(303, 303, {"title": "Chaos"}),
    ("talks.edit", "GET"): ITS,
    ("talks.change", "POST"): Call(404, 303, {"title": "Chaos"}, frozenset({"talk_version"})),
    ("talks.numbers", "GET"): ITS,
    ("variants.edit", "GET"): ITS,
    ("variants.keep", "POST"): Call(404, 303, {"title": "Chaos in five minutes"}, frozenset({"talk_variant"})),
    ("variants.drop", "POST"): Call(404, 303, touches=frozenset({"talk_variant"})),
    ("library.show", "GET"): READ,
    ("library.as_sheet", "GET"): READ,
    ("library.of", "GET"): ELSEWHERE,  # she keeps it to herself
    ("followed.show", "GET"): READ,
    ("followed.as_sheet", "GET"): READ,
    ("approvals.show", "GET"): READ,
    ("approvals.ask", "POST"): Call(404, 303, {"kind": "marketing"}, frozenset({"approval"})),
    ("approvals.of", "GET"): ELSEWHERE,  # she is not asked herself
    ("approvals.answer", "POST"): Call(404, 404, {"said": "yes"}),
    ("approvals.take_back", "POST"): Call(404, 303, touches=frozenset({"approval"})),
    ("proposing.propose", "GET"): ELSEWHERE,  # the query names another's talk
    ("proposing.send", "POST"): Call(404, 404, {"title": "Chaos", "event": "FOSDEM"}),
    ("proposing.given", "GET"): READ,
    ("proposing.log", "POST"): Call(404, 404, {"title": "Chaos", "event": "FOSDEM"}),
    ("proposals.show", "GET"): ITS,
    ("proposals.change", "POST"): Call(404, 303, {"title": "Chaos", "day": "2026-11-20"}),
    ("proposals.go_on", "POST"): Call(404, 303, {"state": "submitted"}, TOLD),
    ("proposals.take_back", "POST"): DONE,
    ("proposals.count", "POST"): Call(404, 303, {"value": "120"}, frozenset({"audience_number"})),
    ("proposals.add_speaker", "POST"): Call(
        404, 303, {"name": "Zoë", "elsewhere": "1"}, frozenset({"proposal_speaker"})
    ),
    ("proposals.drop_speaker", "POST"): Call(404, 303, touches=frozenset({"proposal_speaker"})),
    ("seeds.show", "GET"): READ,
    ("speakers.find", "GET"): READ,
    ("speakers.as_sheet", "GET"): READ,
    ("speakers.compare", "GET"): READ,
    ("speakers.shortlist", "GET"): READ,
    ("speakers.shortlist_sheet", "GET"): READ,
    ("speakers.shortlist_markdown", "GET"): READ,
    ("speakers.choose", "POST"): ELSEWHERE,  # nobody lets marketing find them
    ("speakers.save", "POST"): Call(303, 303, {"q": "etcd"}),
    ("speakers.forget", "POST"): DONE,
    ("asks.ask", "GET"): Call(404, 403, lead=200, notes=frozenset({"audit"})),
    ("asks.send", "POST"): Call(404, 403, {"name": "FOSDEM", "topic": "etcd"}, frozenset({"event"}), lead=303),
    ("asks.sent", "GET"): READ,
    ("asks.as_sheet", "GET"): READ,
    ("asks.withdraw", "POST"): DONE,
    ("answering.show", "GET"): READ,
    ("answering.as_sheet", "GET"): READ,
    ("answering.answer", "POST"): Call(404, 303, {"word": "accepted"}),
    ("answering.take_back", "POST"): DONE,
    ("trainings.show", "GET"): READ,
    ("trainings.as_sheet", "GET"): READ,
    ("teaching.given", "GET"): READ,
    ("teaching.log_given", "POST"): Call(303, 303, {"title": "etcd", "day": "2026-11-20"}, TOLD),
    ("teaching.attended", "GET"): READ,
    ("teaching.log_attended", "POST"): Call(303, 303, {"title": "etcd", "day": "2026-11-20"}, TOLD | {"class_trainer"}),
    ("planning.plan", "GET"): READ,
    ("planning.keep", "POST"): Call(303, 303, {"title": "etcd"}, TOLD | {"training_request"}),  # everybody may
    ("planning.edit", "GET"): ITS,
    ("planning.change", "POST"): Call(404, 303, {"title": "etcd", "day": "2026-11-20"}, TOLD),
    ("planning.call_off", "POST"): DONE,
    ("planning.call_on", "POST"): DONE,
    ("planning.invite", "POST"): Call(404, 303, {"invite": "lena@tern.example"}),
    ("events.show", "GET"): READ,
    ("events.as_sheet", "GET"): READ,
    ("events.one", "GET"): ITS,
    ("events.watch", "POST"): DONE,
    ("event_editing.ask", "GET"): READ,
    ("event_editing.add", "POST"): Call(422, 422, {"about": "An event without a name"}),
    ("event_editing.edit", "GET"): ELSEWHERE,  # what she has is her own event
    ("event_editing.change", "POST"): ELSEWHERE,
    ("event_editing.call_off", "POST"): ELSEWHERE,
    ("event_imports.ask", "GET"): READ,
    ("event_imports.look", "POST"): Call(422, 422),
    ("event_imports.take", "POST"): Call(422, 422),
    ("event_imports.undo", "POST"): Call(303, 303, touches=frozenset({"event_import"})),
    ("board.show", "GET"): READ,
    ("board.as_sheet", "GET"): READ,
    ("teaching.ask", "GET"): READ,
    ("teaching.keep_request", "POST"): Call(303, 303, {"title": "etcd"}, TOLD),
    ("classes.show", "GET"): ITS,
    ("classes.as_calendar", "GET"): ITS,
    ("presences.teach", "POST"): Call(404, 303, {"gives": "yes"}, TOLD),
    ("presences.open_check_in", "POST"): Call(404, 303, touches=TOLD),
    ("presences.ask_word", "GET"): READ,
    ("presences.say_word", "POST"): Call(422, 422, {"word": "nothing"}),
    ("rsvp.ask", "GET"): ELSEWHERE,
    ("rsvp.answer", "POST"): ELSEWHERE,
    ("matrix.show", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("matrix.as_sheet", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("matrix.add", "POST"): Call(422, 422),
    ("matrix.end", "POST"): Call(404, 303, touches=frozenset({"required_training"}), lead=303),
    ("matrix.again", "POST"): Call(404, 303, touches=frozenset({"required_training"}), lead=303),
    ("matrix.note", "POST"): Call(404, 404, {"team": "1"}, TOLD, lead=303),
    ("matrix.drop_note", "POST"): ELSEWHERE,
    ("team.show", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("team.as_sheet", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("team.others", "GET"): READ,
    ("report.show", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("report.as_markdown", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("report.as_sheet", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("planner.show", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("planner.as_sheet", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("planner.topic", "GET"): Call(200, 200, notes=frozenset({"audit"})),
    ("agenda.show", "GET"): READ,
    ("reading.ask", "GET"): READ,
    ("reading.look", "POST"): Call(422, 422),
    ("reading.take", "POST"): Call(422, 422),
    ("talking.show", "GET"): Call(404, 404, lead=200, notes=frozenset({"audit"})),
    ("talking.talked", "POST"): Call(404, 404, lead=303),
    ("talking.take_back", "POST"): Call(404, 404, {"conversation": "1"}, lead=303),
    ("writing.show", "GET"): READ,
    ("writing.add", "POST"): Call(303, 303, {"title": "A post"}),
    ("writing.of", "GET"): ITS,
    ("writing.change", "POST"): Call(404, 303, {"title": "A post"}),
    ("writing.become", "POST"): Call(404, 303, {"state": "edit"}),
    ("writing.take_back", "POST"): DONE,
    ("classes.attend", "POST"): Call(404, 303, {"presence": "attended"}, TOLD),
    ("classes.say_there", "POST"): Call(404, 303, {"names": "lena@tern.example"}, TOLD),
    ("classes.become", "POST"): Call(404, 303, {"state": "planned"}, TOLD),
    ("classes.answer", "POST"): Call(404, 404, {"useful": "3"}),  # she did not say that she was there
    ("classes.state_feedback", "POST"): Call(404, 303, {"asked": "3", "answered": "1"}, TOLD),
    ("wishes.vote", "POST"): SENT,
    ("wishes.become", "POST"): Call(404, 303, touches=frozenset({"training_request"}), lead=303),
    ("wishes.take_back", "POST"): Call(404, 303, touches=frozenset({"training_request", "request_step"}), lead=303),
    ("surveys.show", "GET"): READ,
    ("surveys.as_sheet", "GET"): READ,
    ("surveys.mark", "POST"): Call(404, 303, touches=TOLD),
    ("surveys.unmark", "POST"): DONE,
    ("surveys.note", "POST"): Call(303, 303, {"title": "CNCF survey"}, TOLD),
    ("surveys.drop", "POST"): ELSEWHERE,  # what she has is an article
    ("surveys.chase", "POST"): DONE,
    ("surveys.ask_responses", "GET"): ITS,
    ("surveys.take_responses", "POST"): Call(404, 422),
    ("surveys.undo_responses", "POST"): DONE,
    ("surveys.ask", "GET"): READ,
    ("surveys.begin", "POST"): Call(303, 303, {"title": "Storage", "deadline": "2026-12-24"}),
    ("surveys.close", "POST"): DONE,
    ("sources.show", "GET"): READ,
    ("sources.card", "GET"): ITS,
    ("sources.pull", "POST"): DONE,
    ("sources.pause", "POST"): DONE,
    ("sources.resume", "POST"): DONE,
    ("sources.accept", "POST"): DONE,
    ("sources.refuse", "POST"): DONE,
    ("sources.start", "POST"): Call(404, 303, {"start_on": "2026-10-01"}),
    ("sources.ignore", "POST"): Call(404, 303, {"words": "cats"}),
    ("sources.proof", "GET"): ITS,
    ("sources.proof_state", "GET"): ITS,
    ("sources.prove", "POST"): DONE,
    ("sources.forget", "GET"): ITS,
    ("sources.erase", "POST"): DONE,
    ("connect.choose", "GET"): READ,
    ("connect.ask", "GET"): READ,
    ("connect.look", "POST"): Call(303, 303, {"address": "https://new.example/feed"}),
    ("connect.show_code", "GET"): Call(200, 200, {"address": "https://new.example/feed"}),
    ("connect.check", "POST"): Call(303, 303, {"address": "https://new.example/other"}),
    ("connect.preview", "GET"): ITS,
    ("connect.progress", "GET"): ITS,
    ("connect.confirm", "POST"): Call(404, 303, touches=frozenset({"subscription"})),
    ("imports.ask", "GET"): READ,
    ("imports.look", "POST"): Call(422, 422, {"kind": "csv"}),
    ("imports.show", "GET"): ITS,
    ("imports.progress", "GET"): ITS,
    ("imports.take", "POST"): DONE,
    ("imports.leave", "POST"): DONE,
    ("imports.undo", "POST"): DONE,
    ("ladder.show", "GET"): READ,
    ("ladder.read", "GET"): READ,
    ("ladder.correct", "POST"): Call(303, 303, {"rule": ""}, LADDER),
    ("ladder.preview", "POST"): Call(200, 200, PAGE),
    ("ladder.take_in", "POST"): Call(303, 303, {"packed": urlsafe_b64encode(PILOT).decode(), "name": "x.md"}, LADDER),
    ("admin.sources", "GET"): Call(200, 200, shows=frozenset({BLOG})),
    ("admin.sources_sheet", "GET"): Call(200, 200, shows=frozenset({BLOG})),
    ("admin.pull", "POST"): Call(303, 303, touches=frozenset({"job_run"})),
    ("letters.show", "GET"): READ,
    ("letters.letter", "GET"): ITS,
    ("letters.want", "POST"): Call(303, 303, {"weekday": "2", "hour": "8"}),
    ("letters.stop", "POST"): SENT,
    ("letters.choose", "POST"): SENT,
    ("letters.make", "POST"): Call(200, 200, {"name": "My phone", "opens": "plans"}),
    ("letters.revoke", "POST"): DONE,
    ("letters.restore", "POST"): ELSEWHERE,  # nothing was revoked
    ("unsubscribing.ask", "GET"): ELSEWHERE,
    ("unsubscribing.stop", "POST"): ELSEWHERE,
    ("feeds.atom", "GET"): ELSEWHERE,
    ("feeds.json_feed", "GET"): ELSEWHERE,
    ("feeds.calendar", "GET"): ELSEWHERE,
    ("feeds.works_atom", "GET"): ELSEWHERE,
    ("feeds.works_json", "GET"): ELSEWHERE,
    ("logins.sign_in", "GET"): SENT,
    ("logins.enter", "POST"): Call(401, 401, {"password": "not the password"}, frozenset({"signin_attempt"})),
    ("logins.enter_demo", "POST"): ELSEWHERE,
    ("logins.sign_out", "POST"): SENT,
    ("logins.show", "GET"): READ,
    ("logins.end", "POST"): DONE,
    ("logins.end_others", "POST"): SENT,
    ("logins.setup", "GET"): ELSEWHERE,
    ("logins.accept", "POST"): ELSEWHERE,
}


NUMBERED = ("account", "job", "login", "expectation", "activity", "batch", "rule", "step")


@dataclass(frozen=True)
class Things:
    """What is one person's alone, by the names that routes and forms may call it."""

    person: Person
    account: int
    subscription: int
    job: int
    login: int
    expectation: int
    activity: int
    link: int
    asked: int
    absence: int
    importing: int
    batch: int
    release: int
    step: int
    offer: int
    act: int
    rule: int
    entry: int
    feed_token: int
    letter: int
    handed: int
    plans: Plans

    def path(self, rule: str) -> str:
        """The rule, filled with these things."""
        values = {
            "<int:account_id>": self.account,
            "<int:subscription_id>": self.subscription,
            "<int:job_id>": self.job,
            "<int:import_id>": self.importing,
            "<int:batch_id>": self.batch,
            "<int:entry_id>": self.entry,
            "<int:login_id>": self.login,
            "<int:release_id>": self.release,
            "<int:step_id>": self.step,
            "<int:offer_id>": self.offer,
            "<int:rule_id>": self.rule,
            "<int:expectation_id>": self.expectation,
            "<int:activity_id>": self.activity,
            "<int:absence_id>": self.absence,
            "<int:link_id>": self.link,
            "<int:ask_id>": self.asked,
            "<int:feed_token_id>": self.feed_token,
            "<int:letter_id>": self.letter,
            "<int:file_id>": self.handed,
            "<int:person_id>": self.person.id,
            "<any(feed, x, reddit, stackexchange):platform>": "feed",
            "<int:talk_id>": self.plans.talk,
            "<int:proposal_id>": self.plans.proposal,
            "<int:event_id>": self.plans.event,
            "<int:event_import_id>": self.plans.event_import,
            "<int:speaker_id>": self.plans.speaker,
            "<int:variant_id>": self.plans.variant,
            "<int:approval_id>": self.plans.approval,
            "<int:class_id>": self.plans.held,
            "<int:request_id>": self.plans.request,
            "<int:campaign_id>": self.plans.campaign,
            "<int:speaking_id>": self.plans.speaking,
            "<int:draft_id>": self.plans.draft,
            "<int:search_id>": self.plans.search,
            "<int:required_id>": self.plans.required,
            "<topic>": "etcd",
            "<kind>": "class",
            "<path:filename>": "base.css",
            "<token>": "never-given-out",
        }
        for name, value in values.items():
            rule = rule.replace(name, f"{value}")
        return rule

    def named(self) -> dict[str, str]:
        """Everything again as fields of a form or a query, by any name a view could read."""
        ids = {
            **dict.fromkeys(("person", "owner", "by", "about", "user"), self.person.id),
            **{"release": self.release, "step": self.step},
            **{"subscription": self.subscription, "act": self.act, "offer": self.offer, "rule": self.rule},
            **{"talk": self.plans.talk, "proposal": self.plans.proposal, "class": self.plans.held},
            **{"speaking": self.plans.speaking, "request": self.plans.request, "campaign": self.plans.campaign},
            **{"activities": self.activity, "item": self.activity},
            **{
                name: getattr(self, name)
                for name in ("account", "job", "login", "expectation", "activity", "batch", "entry", "letter")
            },
        }
        both = {f"{name}{end}": f"{value}" for name, value in ids.items() for end in ("", "_id")}
        return {**both, "email": self.person.email, "piece": f"{self.activity}.{self.expectation}"}


def of(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every route: endpoint, method (GET or POST), rule."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, rule.rule


def things(person: Person, activity: int, now: datetime, number: int = 0) -> Things:
    """A blog, a preview, a login; and a sentence of a role page that the person alone may hold."""
    nick = f"{person.email.partition('@')[0]}{number}"
    account = connect.add(person.id, Platform.FEED, f"https://{nick}.example/feed", by=person.id, now=now)
    job = jobs.ask(jobs.PREVIEW, nick, {"address": f"https://{nick}.example", "author": ""}, person.id, now)
    job.state = WorkState.DONE
    handed = Handed(kind="csv", file=f"{number:032x}", name=f"{nick}.csv")
    importing, _ = import_jobs.look(handed, person.id, now)
    importing.state = WorkState.DONE
    batch = import_batches.begin(account, "csv", f"{nick}.csv", by=person.id, now=now)
    logins.begin(person.id, now)
    release, _ = releases.make(person.id, Wanted(channel=nick), Visibility.LEAD, now, backwards=False)
    step = items.say(person.id, activity, Visibility.LEAD, now)
    helped = {"place": "#kubernetes-users", "about": f"{nick}.example"}
    rules = current_app.extensions["advocacy.rules"]
    entry = logbook.save(Draft(kind=LogKind.TALLY, said=helped), person, now, rules)
    db.session.commit()
    sentence = sentences.of_page(sentences.pages(person.id)[0].id)[0].expectation_id
    login = logins.of_person(person.id, now)[0].id
    artefacts.add(person.id, activity, f"https://slides.example/{number}", "", now)
    link = artefacts.of(person.id, [activity])[activity][-1].id
    asked = _asked(person, activity, now)
    absence = Absence(person_id=person.id, since=now.date(), until=now.date())
    db.session.add(absence)
    db.session.commit()
    assert account.subscription_id is not None
    offer = offers.offer(activity, person.id, Part.CO_AUTHOR, "", by=person.id, now=now)
    rule = LearnedRule(person_id=person.id, platform=Platform.X, acts=False, at=now)
    act = acts.learn(rule, now)
    db.session.commit()
    more = {"importing": importing.id, "batch": batch.id, "offer": offer.id, "act": act.id, "rule": act.rule_id or 0}
    more |= {"link": link, "asked": asked, "absence": absence.id}
    for old in feed_tokens.of_person(person.id):
        feed_tokens.revoke(old.id, person.id, now)
    feed_tokens.make(person.id, Opens.ACTIVITY, "A feed reader", now)
    words = {"subject": "Your week: 1 new", "text": "1 new item", "html": "<p>1 new item</p>"}
    letter = outbox.put(person.id, outbox.DIGEST, f"2026-W48/{number}", words, now) or 0
    more |= {"letter": letter, "feed_token": feed_tokens.of_person(person.id)[0].id}
    db.session.commit()
    more |= {"entry": entry.id, "release": release.id, "step": step.id}
    speaker_files.hand(person.id, "speaker.md", f"# {nick}\n", now)
    portraits.put(person.id, (b"large", b"small"), f"Portrait of {nick}", "", now)
    more |= {"handed": speaker_files.waiting(person.id)[0].id}
    plans = plans_of(person, now)
    return Things(person, account.id, account.subscription_id, job.id, login, sentence, activity, plans=plans, **more)


def _asked(person: Person, activity: int, now: datetime) -> int:
    """Something that somebody who makes nothing else here asked the person to bear witness to."""
    query = sa.select(Witness).where(Witness.witness_id == person.id)
    there = db.session.scalar(query)
    if there is None:
        there = Witness(activity_id=activity, person_id=person.id, witness_id=person.id, question="", asked_at=now)
        db.session.add(there)
        db.session.flush()
    return there.id


def only_hers(app: Flask, person: Person, now: datetime) -> int:
    """Give somebody a role that nobody else holds; one of its sentences."""
    version = ladder_import.apply(
        ladder_import.preview(PILOT, "pilot.md", app.extensions["advocacy.rules"]), PILOT, None, now
    )
    roster.give_role(person.id, "pilot", date(2026, 10, 1))
    db.session.commit()
    return sentences.of_page(version.page_id)[0].expectation_id


def everything(but: frozenset[tuple[str, int]] = frozenset(), leaving: frozenset[str] = frozenset()) -> set[str]:
    """Every row of every table, save these rows and what points at them, and save the tables to be left out."""
    db.session.rollback()
    found = set()
    for table in Base.metadata.sorted_tables:
        if table.name in leaving:
            continue
        columns = [column for column in table.columns if (table.name, column.name) not in NOT_WATCHED]
        as_stored = [sa.type_coerce(column, sa.types.NULLTYPE) for column in columns]
        keys = [(name, columns.index(column)) for name, column in _keys(table) if column in columns]
        for row in db.session.execute(sa.select(*as_stored)):
            if not any((name, row[place]) in but for name, place in keys):
                found.add(f"{table.name} {tuple(row)!r}")
    db.session.rollback()
    return found


class Watched:
    """The rows of every table, read again only once something was committed."""

    def __init__(self, engine: sa.Engine) -> None:
        self.commits = 0
        self._read: dict[tuple[frozenset[tuple[str, int]], frozenset[str]], set[str]] = {}
        sa.event.listen(engine, "commit", self._note)

    def _note(self, _: sa.Connection) -> None:
        self.commits += 1
        self._read.clear()

    def rows(self, but: frozenset[tuple[str, int]], leaving: frozenset[str] = frozenset()) -> set[str]:
        """As `everything` tells them."""
        if (but, leaving) not in self._read:
            self._read[but, leaving] = everything(but, leaving)
        return self._read[but, leaving]


def _keys(table: sa.Table) -> Iterator[tuple[str, Any]]:
    """The columns by which a row is known: its own key, and the rows it points at."""
    if "id" in table.columns:
        yield table.name, table.columns["id"]
    for column in table.columns:
        for key in column.foreign_keys:
            yield key.column.table.name, column


def query(fields: Mapping[str, str]) -> str:
    """Fields as the end of an address."""
    return f"?{urlencode(fields)}"
