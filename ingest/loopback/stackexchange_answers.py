"""Posts, people and comments as the API writes them: seconds since 1970, titles and names HTML-escaped."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from advocacy.domain.activity import Platform
from advocacy.domain.licence import licence_of
from ingest.loopback.stackexchange_fields import Fields, picked
from ingest.loopback.stackexchange_site import Comment, Owner, Person, Post, StackSite

Shown = Mapping[str, Any]


class Pen:
    """Writes objects of one site with the fields of one filter."""

    def __init__(self, host: str, site: StackSite, fields: Fields) -> None:
        self._host, self._site, self._fields = host, site, fields

    def post(self, post: Post) -> dict[str, Any]:
        """A question or an answer."""
        return self.question(post) if post.parent is None else self.answer(post)

    def question(self, post: Post) -> dict[str, Any]:
        """A question; its answers are written only when they are asked for."""
        answers = self._site.answers_to(post.id)
        wants_answers = "question.answers" in self._fields and answers
        whole = {
            **self._dates(post),
            "question_id": post.id,
            "owner": self.owner(post.owner),
            "tags": list(post.tags),
            "title": escape(post.title),
            "link": f"https://{self._host}/questions/{post.id}/{_slug(post.title)}",
            "score": post.score,
            "view_count": post.views,
            "answer_count": len(answers),
            "is_answered": post.accepted is not None or any(one.score > 0 for one in answers),
            "accepted_answer_id": post.accepted,
            "body": post.body,
            "answers": [self.answer(one, post) for one in answers] if wants_answers else None,
        }
        return picked("question", whole, self._fields)

    def answer(self, post: Post, question: Post | None = None) -> dict[str, Any]:
        """An answer, with what it has of its question."""
        asked = question or next(self._site.posts([post.parent or 0]), None)
        title, tags = (asked.title, asked.tags) if asked else ("", ())
        whole = {
            **self._dates(post),
            "answer_id": post.id,
            "question_id": post.parent,
            "owner": self.owner(post.owner),
            "is_accepted": asked is not None and asked.accepted == post.id,
            "score": post.score,
            "title": escape(title),
            "tags": list(tags),
            "link": f"https://{self._host}/questions/{post.parent}/{_slug(title)}/{post.id}#{post.id}",
            "body": post.body,
        }
        return picked("answer", whole, self._fields)

    def comment(self, comment: Comment) -> dict[str, Any]:
        """A comment; its link names the question that it stands below."""
        post = next(self._site.posts([comment.post]), None)
        question = comment.post if post is None or post.parent is None else post.parent
        whole = {
            "comment_id": comment.id,
            "post_id": comment.post,
            "owner": self.owner(comment.owner),
            "creation_date": _seconds(comment.at),
            "edited": False,
            "score": comment.score,
            "content_license": _licence(comment.at),
            "body": comment.body,
            "link": f"https://{self._host}/questions/{question}/x#comment{comment.id}_{comment.post}",
        }
        return picked("comment", whole, self._fields)

    def person(self, person: Person) -> dict[str, Any]:
        """A user of the site."""
        whole = {
            "user_id": person.id,
            "user_type": "registered",
            "display_name": escape(person.name),
            "creation_date": _seconds(person.joined),
            "link": f"https://{self._host}/users/{person.id}/{_slug(person.name)}",
            "about_me": person.about or None,
        }
        return picked("user", whole, self._fields)

    def owner(self, owner: Owner) -> dict[str, Any]:
        """Who wrote something; of somebody who is gone neither number nor link."""
        if owner.id is None:
            whole: Shown = {"user_type": "does_not_exist", "display_name": escape(owner.name) or None}
        else:
            link = f"https://{self._host}/users/{owner.id}/{_slug(owner.name)}"
            whole = {"user_id": owner.id, "user_type": "registered", "display_name": escape(owner.name), "link": link}
        return picked("shallow_user", whole, self._fields)

    def _dates(self, post: Post) -> dict[str, Any]:
        return {
            "creation_date": _seconds(post.at),
            "last_activity_date": _seconds(post.active_at),
            "last_edit_date": None if post.edited_at is None else _seconds(post.edited_at),
            "content_license": _licence(post.edited_at or post.at),
        }


def _licence(at: datetime) -> str:
    return licence_of(Platform.STACKEXCHANGE, at.date())


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _slug(words: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words.lower())
    return "-".join(plain.split())[:80] or "x"
