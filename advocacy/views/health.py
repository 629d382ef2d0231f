"""What a supervisor asks: is the process alive, and can it serve?"""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from advocacy.access import public
from advocacy.context import now
from advocacy.models import schema, workers

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="alive")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """The database answers and has the schema of this version; beside it, whether a worker runs."""
    try:
        mend = schema.difference(current_app.extensions["migrate"].directory)
        crew = None if mend else workers.crew(now())
    except SQLAlchemyError:
        mend, crew = "the database does not answer: run `advocacy doctor`", None
    if crew is None:
        return jsonify(status="not ready", mend=mend), 503
    return jsonify(status="ready", worker=crew.told()), 200
