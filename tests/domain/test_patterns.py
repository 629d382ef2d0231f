"""Whole words, the longest at each place, case where it matters."""

from advocacy.domain.patterns import Pattern, Patterns


def find(text: str, *words: str, exact: bool = False, not_before: frozenset[str] = frozenset()) -> list[str]:
    patterns = Patterns(Pattern(group="g", id=w, text=w, exact=exact, not_before=not_before) for w in words)
    return [hit.id for hit in patterns.find(text)]


def test_a_word_inside_another_is_not_found() -> None:
    assert find("mongodb ungo gone", "go") == []


def test_case_is_ignored_unless_asked_for() -> None:
    assert find("REST and rest", "rest") == ["rest", "rest"]
    assert find("REST and rest", "REST", exact=True) == ["REST"]


def test_a_following_word_can_forbid_a_match() -> None:
    assert find("Go to town. Go generics.", "Go", exact=True, not_before=frozenset({"to"})) == ["Go"]


def test_the_longest_spelling_wins_its_place() -> None:
    assert find("docker compose and docker", "docker", "docker compose") == ["docker compose", "docker"]


def test_hyphens_spaces_and_line_breaks_are_one() -> None:
    assert find("cloud-native, cloud\nnative, cloud_native", "cloud native") == ["cloud native"] * 3


def test_plain_plurals_are_found() -> None:
    assert find("two SREs, many registries, the SRE\u2019s pager", "SRE", "registry") == [
        "SRE",
        "registry",
        "SRE",
    ]


def test_signs_belong_to_the_word() -> None:
    assert find("C, C++, C#, .NET, ASP.NET", "C", "C++", "C#", ".NET") == ["C", "C++", "C#", ".NET"]


def test_hashtags_and_mentions_count_but_addresses_and_query_strings_do_not() -> None:
    assert find("#openebs @openebs", "openebs") == ["openebs", "openebs"]
    assert find("me@openebs.io https://a.example/x?ref=openebs", "openebs") == []


def test_scripts_without_spaces_end_a_word() -> None:
    assert find("Kubernetesを使う", "kubernetes") == ["kubernetes"]


def test_letters_that_grow_when_lowered_do_not_shift_places() -> None:
    assert find("İİİ kubernetes", "kubernetes") == ["kubernetes"]


def test_no_patterns_find_nothing() -> None:
    assert find("anything") == []
