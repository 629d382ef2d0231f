"""Variants of a talk of mine: the same in other words."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import forms, talk_form
from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.talks import library, variants
from advocacy.models.talks.variants import TalkVariant

bp = Blueprint("variants", __name__, url_prefix="/talks/<int:talk_id>/variants")


@bp.get("/<int:variant_id>")
@signed_in
def edit(talk_id: int, variant_id: int) -> str:
    """What does this variant say?"""
    talk = library.own(talk_id, me().id)
    one = variants.one_of(talk.id, variant_id)
    return talk_form.page(talk, variant=Entry(MultiDict(_said(one))), of=one)


@bp.post("")
@signed_in
def keep(talk_id: int) -> Response | tuple[str, int]:
    """Keep a new one, or change the one that is named."""
    talk, entry = library.own(talk_id, me().id), Entry(request.form)
    number = forms.number_or_none("variant")
    one = variants.one_of(talk.id, number) if number else TalkVariant(talk_id=talk.id, created_at=now())
    one.title, one.abstract = entry.line("title", "Give it a title."), entry.words("abstract")
    one.language, one.level, one.minutes = talk_form.whom(entry)
    if entry.wrong:
        db.session.rollback()
        talk = library.own(talk_id, me().id)
        return talk_form.page(talk, variant=entry, of=variants.one_of(talk.id, number) if number else None), 422
    db.session.add(one)
    db.session.commit()
    say(f"Kept: {one.title}. It can be chosen when you propose the talk.")
    return redirect(url_for("talks.edit", talk_id=talk_id, _anchor="variants"), 303)


@bp.post("/<int:variant_id>/drop")
@signed_in
def drop(talk_id: int, variant_id: int) -> Response:
    """Take it away; proposals made from it keep their words."""
    one = variants.one_of(library.own(talk_id, me().id).id, variant_id)
    undo = Undo(url_for(".keep", talk_id=talk_id), _said(one))
    variants.drop(one)
    db.session.commit()
    say(f"Taken away: {undo.fields['title']}.", undo)
    return redirect(url_for("talks.edit", talk_id=talk_id, _anchor="variants"), 303)


def _said(one: TalkVariant) -> dict[str, str]:
    said = {name: getattr(one, name) for name in ("title", "abstract", "language")}
    return {**said, "level": one.level or "", "minutes": f"{one.minutes or ''}"}
