"""What a supervisor asks: is the process alive, and can it serve?"""

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from advocacy.access import public
from advocacy.models import db
from advocacy.models.people import Person

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="alive")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """The database answers and has its tables."""
    try:
        db.session.execute(sa.select(Person.id).limit(1))
    except SQLAlchemyError:
        mend = "the database does not answer or has no tables: run `advocacy db upgrade`, then `advocacy doctor`"
        return jsonify(status="not ready", mend=mend), 503
    return jsonify(status="ready"), 200
