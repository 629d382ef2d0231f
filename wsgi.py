"""For WSGI servers: `gunicorn wsgi:app`. The worker runs beside it, by `advocacy worker`."""

import logging

from advocacy import logs
from advocacy.app import create_app

logs.install(logging.INFO)
app = create_app()
