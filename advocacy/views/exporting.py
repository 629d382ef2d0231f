"""All about me in one file."""

from flask import Blueprint, Response, send_file

from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.models import audit, db
from advocacy.own_copy.bundle import bundle

bp = Blueprint("exporting", __name__, url_prefix="/privacy")


@bp.post("/copy")
@signed_in
def take() -> Response:
    """Give me everything that is held of me."""
    audit.record("copy.taken", now(), actor=me().id, about=me().id)
    db.session.commit()
    file = bundle(me(), now())
    return send_file(file, "application/zip", as_attachment=True, download_name=f"advocacy-{today()}.zip", max_age=0)
