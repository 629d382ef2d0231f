"""Signing in and out, the browsers that are signed in, and set-up links."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from advocacy import access, cookies, passwords
from advocacy.context import me, now, settings
from advocacy.models import Missing, db, invitations, logins, roster, throttle
from advocacy.models.people import Person

bp = Blueprint("logins", __name__)

NEXT = ("home.show", "sources.show", "ladder.show", "ladder.read", "logins.show")
"""Where a sign-in may lead: endpoints by name, never an address."""

RELAYED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
"""What a proxy adds to a request."""


@bp.get("/sign-in")
@access.public
def sign_in() -> str | Response:
    """The form; who is signed in already goes on."""
    if g.person:
        return redirect(_onward(), 303)
    return _form()


@bp.post("/sign-in")
@access.public
def enter() -> str | Response | tuple[str, int]:
    """Check address and password; the answer and its time are the same for accounts that are not there."""
    if not cookies.would_be_kept():
        return _form("A password needs https on this address. Ask whoever runs this to put it behind https."), 400
    email, address = request.form.get("email", "").strip().lower(), request.remote_addr or ""
    if not throttle.admits(email, address, now()):
        abort(429)
    person = _known(email)
    stored = person.password_hash if person else None
    db.session.commit()  # the try is noted before it is looked at; and hashing takes its time: hold no lock meanwhile
    if not passwords.is_right(request.form.get("password", ""), stored):
        return _form("Address and password do not belong together. Try again, or ask for a new set-up link."), 401
    assert person is not None  # a right password is somebody's
    throttle.forgive(email)
    return _signed_in(person)


@bp.post("/sign-in/demo")
@access.public
def enter_demo() -> Response:
    """One click for the people of a demo, on the machine itself only."""
    if not (_is_demo() and cookies.would_be_kept()):
        abort(404)
    return _signed_in(roster.by_email(request.form.get("email", "")))


@bp.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End this browser's login."""
    logins.end(g.login.id, me().id, now())
    db.session.commit()
    session.clear()
    answer = redirect(url_for("logins.sign_in"), 303)
    cookies.take(answer)
    return answer


@bp.get("/logins")
@access.signed_in
def show() -> str:
    """Where I am signed in."""
    return render_template("logins/show.html", logins=logins.of_person(me().id, now()), current=g.login.id)


@bp.post("/logins/<int:login_id>/end")
@access.signed_in
def end(login_id: int) -> Response:
    """Sign one of my browsers out."""
    logins.end(login_id, me().id, now())
    db.session.commit()
    flash("That browser is signed out.")
    return redirect(url_for("logins.show"), 303)


@bp.post("/logins/end-others")
@access.signed_in
def end_others() -> Response:
    """Sign all my other browsers out."""
    count = logins.end_all(me().id, now(), but=g.login.id)
    db.session.commit()
    flash(f"{count} other browser{'' if count == 1 else 's'} signed out.")
    return redirect(url_for("logins.show"), 303)


@bp.get("/setup/<token>")
@access.public
def setup(token: str) -> str:
    """Where an invited person sets a password."""
    return render_template("logins/setup.html", person=invitations.invited(token, now()), token=token, problem="")


@bp.post("/setup/<token>")
@access.public
def accept(token: str) -> str | Response | tuple[str, int]:
    """Set the password, use the link up, and sign in."""
    person = invitations.invited(token, now())
    problem = _problem(person)
    if problem:
        return render_template("logins/setup.html", person=person, token=token, problem=problem), 422
    invitations.accept(token, passwords.hashed(request.form["password"]), now())
    return _signed_in(person)


def _problem(person: Person) -> str:
    if not cookies.would_be_kept():
        return "A password needs https on this address."
    first, again = request.form.get("password", ""), request.form.get("again", "")
    problem = passwords.problem(first, person.name, person.email, person.email.partition("@")[0])
    return problem or ("" if first == again else "The two are not the same. Type both again.")


def _is_demo() -> bool:
    """Whether a demo is asked from its own machine; a proxy there calls from loopback too, but says for whom."""
    relayed = any(name in request.headers for name in RELAYED)
    return settings().demo and cookies.is_loopback(request.remote_addr) and not relayed


def _form(problem: str = "") -> str:
    people = [person for person in roster.everybody() if not person.disabled_at] if _is_demo() else []
    email = request.form.get("email", "")
    return render_template("logins/sign_in.html", problem=problem, people=people, email=email, onward=_next())


def _known(email: str) -> Person | None:
    try:
        person = roster.by_email(email)
    except Missing:
        return None
    return None if person.disabled_at else person


def _signed_in(person: Person) -> Response:
    """A new token and a new form cookie: whatever the browser held before is worth nothing now."""
    if person.disabled_at:
        raise Missing("there is no such person")
    logins.end_of_token(cookies.token(), now())
    token = logins.begin(person.id, now(), address=request.remote_addr or "", agent=request.user_agent.string)
    db.session.commit()
    session.clear()
    answer = redirect(_onward(), 303)
    cookies.give(answer, token)
    return answer


def _next() -> str:
    wanted = request.values.get("next", "")
    return wanted if wanted in NEXT else ""


def _onward() -> str:
    return url_for(_next() or "home.show")
