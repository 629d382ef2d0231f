"""The speakers directory: who approved a page is in it, with what whoever looks may see, and nothing else anywhere."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest

from advocacy.models import db, profile, publishing
from advocacy.models.audience import Audience
from advocacy.models.people import Person
from advocacy.models.words import Visibility
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.plain import text
from tests.speakers import publish, told_of

SignIn = Callable[[Person], Browser]
HERE = "/speakers/directory"
CSV, MD, ZIP = (f"{HERE}/speakers.{kind}" for kind in ("csv", "md", "zip"))
MARKETING, PUBLIC, PRIVATE = Visibility.MARKETING, Visibility.PUBLIC, Visibility.PRIVATE


def everywhere(browser: Browser) -> Iterator[tuple[str, str]]:
    """All that the directory gives out to somebody, as one text for each road."""
    for path in (HERE, CSV, MD, ZIP):
        answer = browser.get(path)
        if path.endswith(".zip") and answer.status_code == 200:
            pack = zipfile.ZipFile(io.BytesIO(answer.data))
            yield path, "\n".join(f"{name}\n{pack.read(name).decode('latin-1')}" for name in pack.namelist())
        else:
            yield path, answer.text


def said(browser: Browser, words: str) -> list[str]:
    """The roads on which these words are given out."""
    return [path for path, content in everywhere(browser) if words in content]


def test_nobody_is_in_it_until_they_say_so(cast: Cast, sign_in: SignIn) -> None:
    profile.save(cast.asha, told_of(cast.asha), NOW, seen_by={"bio": PUBLIC, "topics": PUBLIC}, listed=True)
    db.session.commit()
    page = text(sign_in(cast.mark).get(HERE).text)
    assert ("Nobody is in the directory yet." in page, "Asha" in page) == (True, False)


def test_everybody_finds_who_published(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    page = opened(sign_in(cast.sven), HERE)
    assert "Speakers directory: 1 speaker" in page
    for words in ("Asha Rao", "Headline of asha · Engineer, Tern", "OpenEBS, Topic of asha", "Pune, India"):
        assert words in page
    assert "talk, workshop · travels within their continent" in " ".join(page.split())


@pytest.mark.parametrize(
    ("topics", "bio", "seen"),
    [
        (PUBLIC, PRIVATE, ["sven", "mark"]),
        (PRIVATE, PUBLIC, ["sven", "mark"]),
        (MARKETING, MARKETING, ["mark"]),
    ],
)
def test_who_shows_neither_texts_nor_topics_to_somebody_does_not_exist_for_them(
    cast: Cast, sign_in: SignIn, topics: Visibility, bio: Visibility, seen: list[str]
) -> None:
    publish(cast.asha, {"topics": topics, "bio": bio, "languages": PUBLIC, "portrait": PUBLIC})
    found = {nick: said(sign_in(getattr(cast, nick)), "Asha Rao") for nick in ("sven", "mark")}
    assert [nick for nick in found if HERE in found[nick]] == seen


def test_what_is_for_marketing_is_for_marketing_alone_and_is_in_no_file_for_the_public(
    cast: Cast, sign_in: SignIn
) -> None:
    publish(cast.asha, {"topics": PUBLIC, "bio": MARKETING, "work": MARKETING, "place": Visibility.LEAD})
    mark, sven = sign_in(cast.mark), sign_in(cast.sven)
    assert said(sven, "Topic of asha") == [HERE, CSV, MD]
    assert said(mark, "Topic of asha") == [HERE, CSV, MD, ZIP]
    assert (said(mark, "Short text of asha"), said(sven, "Short text of asha")) == (
        [CSV, MD],
        [],
    )
    assert (said(mark, "Headline of asha"), said(sven, "Headline of asha")) == (
        [HERE, CSV, MD],
        [],
    )
    for words in ("Pune", "Asia/Kolkata", "English", "talk, workshop", "Portrait of", "asha@tern.example", ".jpg"):
        assert (said(mark, words), said(sven, words)) == ([], []), words


def test_filters_find_by_what_is_shown_only(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha, {"topics": PUBLIC, "bio": PUBLIC, "place": MARKETING, "languages": MARKETING})
    publish(cast.lena, topics=("etcd",), languages=("Deutsch",), residence="Köln", formats=("panel",))
    sven, mark = sign_in(cast.sven), sign_in(cast.mark)

    def found(browser: Browser, query: str) -> list[str]:
        page = browser.get(f"{HERE}?{query}").text
        return [name for name in ("Asha Rao", "Lena Fischer") if f">{name}</a>\n" in page]

    assert found(sven, "") == ["Asha Rao", "Lena Fischer"]
    assert found(sven, "topic=openebs") == ["Asha Rao"]
    assert found(sven, "topic=ETCD&language=deutsch&place=köln&form=panel") == ["Lena Fischer"]
    assert (found(sven, "place=pune"), found(mark, "place=pune")) == ([], ["Asha Rao"])
    assert (found(sven, "language=english"), found(mark, "language=english")) == ([], ["Asha Rao"])
    assert 'value="English"' not in sven.get(HERE).text
    assert "No speaker fits all of this." in sven.get(f"{HERE}?topic=nothing").text
    assert sven.get(f"{HERE}?form=opera").status_code == 400
    assert sven.get(f"{CSV}?topic=etcd").text.count("\n") == 2
    assert "Asha" not in sven.get(f"{MD}?topic=etcd").text


def test_a_change_is_published_when_its_person_says_so_again(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    profile.save(cast.asha, told_of(cast.asha, headline="Something new", bio="Something else."), NOW)
    db.session.commit()
    mark, asha = sign_in(cast.mark), sign_in(cast.asha)
    assert (said(mark, "Something"), HERE in said(mark, "Headline of asha")) == ([], True)
    page = opened(asha, "/profile/")
    page = " ".join(page.split())
    assert ("Your profile changed since you approved it." in page, "[new:] Something new" in page) == (True, True)
    assert press(asha, "Publish it as it stands now") == "/profile/"
    assert HERE in said(mark, "Something new")
    assert "as you approved it" in asha.get("/profile/").text


def press(browser: Browser, words: str) -> str | None:
    """Press the button of the profile that says so."""
    page = browser.get("/profile/").text
    form = page[: page.index(f"<button>{words}")].rpartition('name="as_of" value="')[2]
    return browser.post("/profile/publish", as_of=form.partition('"')[0]).location


def test_what_is_hidden_is_hidden_at_once(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    seen_by = {"topics": PUBLIC, "bio": PUBLIC, "work": PRIVATE, "portrait": PRIVATE}
    profile.save(cast.asha, told_of(cast.asha), NOW, seen_by=seen_by)
    db.session.commit()
    mark = sign_in(cast.mark)
    for words in ("Headline of asha", "Pune", "English", "Portrait of", ".jpg"):
        assert said(mark, words) == [], words
    assert len(said(mark, "Topic of asha")) == 4


def test_nothing_is_published_that_was_not_looked_at(cast: Cast, sign_in: SignIn) -> None:
    seen_by = {"bio": PUBLIC}
    profile.save(cast.asha, told_of(cast.asha), NOW, seen_by=seen_by)
    db.session.commit()
    asha = sign_in(cast.asha)
    page = asha.get("/profile/").text
    mark = page.partition('name="as_of" value="')[2].partition('"')[0]
    profile.save(cast.asha, told_of(cast.asha, bio="Changed in another window."), NOW)
    db.session.commit()
    asha.post("/profile/publish", as_of=mark)
    assert "your profile changed since you opened the page" in asha.get("/profile/").text
    assert publishing.speakers(Audience.EVERYBODY) == []


def test_a_page_without_texts_and_topics_is_not_published(cast: Cast, sign_in: SignIn) -> None:
    profile.save(cast.asha, told_of(cast.asha), NOW, seen_by={"languages": PUBLIC, "bio": Visibility.LEAD})
    db.session.commit()
    asha = sign_in(cast.asha)
    assert "First write a text or topics" in asha.get("/profile/").text
    asha.post("/profile/publish")
    assert "show your texts or your topics" in text(asha.get("/profile/").text)
    assert publishing.speakers(Audience.MARKETING) == []


@pytest.mark.parametrize("how", ["withdrawn", "unlisted", "shut out"])
def test_who_leaves_is_gone_from_everything(cast: Cast, sign_in: SignIn, how: str) -> None:
    publish(cast.asha)
    if how == "withdrawn":
        sign_in(cast.asha).post("/profile/withdraw")
        db.session.rollback()
    elif how == "unlisted":
        profile.save(cast.asha, told_of(cast.asha), NOW, listed=False)
    else:
        cast.asha.disabled_at = NOW
    db.session.commit()
    assert said(sign_in(cast.mark), "asha") == []
    assert said(sign_in(cast.mark), "Asha") == []


def test_publishing_and_taking_out_are_taken_back(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    asha = sign_in(cast.asha)
    asha.post("/profile/withdraw")
    asha.post("/profile/undo")
    db.session.rollback()
    found = publishing.speakers(Audience.EVERYBODY)
    assert [(one.id, one.approved_at) for one in found] == [(cast.asha.id, NOW)]
    asha.post("/profile/undo")
    db.session.rollback()
    assert publishing.speakers(Audience.EVERYBODY) == []
    assert asha.post("/profile/withdraw").status_code == 404


def test_a_long_list_goes_on_by_name(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advocacy.views.directory.SIZE", 2)
    for person in (cast.asha, cast.lena, cast.mark):
        publish(person)
    sven = sign_in(cast.sven)
    first = sven.get(HERE).text
    more = first.split('<p><a href="')[-1].partition('"')[0].replace("&amp;", "&")
    names = [[name for name in (">Asha", ">Lena", ">Mark O") if name in page] for page in (first, sven.get(more).text)]
    assert ("3 speakers" in first, names) == (True, [[">Asha", ">Lena"], [">Mark O"]])
    assert sven.get(f"{HERE}?after=x").status_code == 400


def test_only_marketing_takes_the_files(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    assert [sign_in(one).get(ZIP).status_code for one in (cast.mark, cast.lena, cast.sven)] == [
        200,
        403,
        403,
    ]
    assert [ZIP in sign_in(one).get(HERE).text for one in (cast.mark, cast.lena)] == [True, False]


def test_the_same_speakers_make_the_same_files(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    mark = sign_in(cast.mark)
    assert mark.get(ZIP).data == mark.get(ZIP).data


def test_hostile_words_stay_words(cast: Cast, sign_in: SignIn) -> None:
    evil = "<script>alert(1)</script>"
    publish(cast.asha, headline=evil, topics=(evil,), short_bio=evil, bio=evil, residence=evil, other=(f"A: {evil}",))
    mark = sign_in(cast.mark)
    assert [path for path in said(mark, evil) if not path.endswith((".csv", ".md", ".zip"))] == []
    pack = zipfile.ZipFile(io.BytesIO(mark.get(ZIP).data))
    pages = [name for name in pack.namelist() if name.endswith(".html")]
    assert [name for name in pages if evil in pack.read(name).decode()] == []
