import pytest

from advocacy.domain.stack_sites import NoProfile, StackUser, site_of, stack_user


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("stackoverflow.com", "stackoverflow"),
        ("pt.stackoverflow.com", "pt.stackoverflow"),
        ("meta.stackoverflow.com", "meta.stackoverflow"),
        ("serverfault.com", "serverfault"),
        ("superuser.com", "superuser"),
        ("askubuntu.com", "askubuntu"),
        ("stackapps.com", "stackapps"),
        ("mathoverflow.net", "mathoverflow.net"),
        ("ai.stackexchange.com", "ai"),
        ("devops.meta.stackexchange.com", "devops.meta"),
        ("meta.stackexchange.com", "meta"),
        ("stackexchange.com", ""),
        ("notstackoverflow.com", ""),
        ("stackoverflow.com.evil.example", ""),
        ("a&b.stackexchange.com", ""),
        ("", ""),
    ],
)
def test_the_api_has_a_name_for_each_host(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize(
    "words",
    [
        "https://stackoverflow.com/users/22656",
        "stackoverflow.com/users/22656/asha",
        "http://www.stackoverflow.com/users/22656/asha?tab=profile",
        "https://StackOverflow.com/users/22656/",
        "https://stackoverflow.com/users/22656#about",
    ],
)
def test_a_profile_is_read_in_all_its_spellings(words: str) -> None:
    found = stack_user(words)
    assert found == StackUser("stackoverflow.com", 22656)
    assert found.address == "https://stackoverflow.com/users/22656"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("22656", "22656 alone does not say on which site"),
        ("asha", "is no site of the Stack Exchange network"),
        ("https://example.org/users/22656", "is no site of the Stack Exchange network"),
        ("https://stackexchange.com/users/22656", "is the profile of the whole network"),
        ("https://stackoverflow.com/questions/22656", "is no profile"),
        ("https://stackoverflow.com/users/-1", "is no profile"),
        ("https://stackoverflow.com/users/0", "is no profile"),
        ("https://stackoverflow.com/users/12345678901", "is no profile"),
        ("https://me:secret@stackoverflow.com/users/1", "is no site of the Stack Exchange network"),
        ("https://stackoverflow.com:8443/users/1", "is no site of the Stack Exchange network"),
        ("https://stackoverflow.com:port/users/1", "is no web address"),
        ("ftp://stackoverflow.com/users/1", "is no site of the Stack Exchange network"),
        ("", "is no site of the Stack Exchange network"),
    ],
)
def test_what_is_no_profile_is_refused_with_an_address_to_write(words: str, why: str) -> None:
    with pytest.raises(NoProfile, match=why) as caught:
        stack_user(words)
    assert str(caught.value).endswith("write the profile's address, like https://stackoverflow.com/users/22656")
