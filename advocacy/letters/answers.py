"""The letter that tells who gave a class that its answers can be read."""

from datetime import datetime

from flask import render_template

from advocacy.addresses import address
from advocacy.models import letter_stops, outbox
from advocacy.models.trainings.classes import Class


def tell(one: Class, person_id: int, now: datetime) -> None:
    """Write it, once for a class."""
    if person_id in letter_stops.stopped_by(outbox.CLASS):
        return
    given = {"one": one, "page": address("classes.show", class_id=one.id)}
    words = {
        "subject": f"What attendees say of {one.title}",
        "text": render_template("letters/answers.txt", **given),
        "html": render_template("letters/answers.html", **given),
    }
    outbox.put(person_id, outbox.CLASS, f"{one.id}.answers", words, now)
