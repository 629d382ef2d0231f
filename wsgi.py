"""For WSGI servers: `gunicorn wsgi:app`. The worker runs beside it, by `advocacy worker`."""

from advocacy.app import create_app

app = create_app()
