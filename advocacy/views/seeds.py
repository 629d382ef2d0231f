"""Talk seeds: what I answered again and again without a talk on it; for nobody's eyes but mine."""

from flask import Blueprint, render_template

from advocacy import seeding
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain.seeds import MONTHS, QUESTIONS, SHOWN, WORKS
from advocacy.running import in_force

bp = Blueprint("seeds", __name__, url_prefix="/talks")

NEAR = 3  #: topics that are told of while none is enough


@bp.get("/seeds")
@signed_in
def show() -> str:
    """About what could I speak, by what people asked me?"""
    found = seeding.of(me().id, today())
    enough = [one for one in found if one.is_enough]
    return render_template(
        "seeds/show.html",
        seeds=enough,
        near=[one for one in found if not one.is_enough][: 0 if enough else NEAR],
        months=MONTHS,
        works=WORKS,
        questions=QUESTIONS,
        shown=SHOWN,
        today=today(),
        name=in_force().vocabulary.name,
    )
