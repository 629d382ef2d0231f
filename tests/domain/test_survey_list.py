"""A list of responses: whatever its columns, the first address of a line is who answered."""

from datetime import date

import pytest

from advocacy.domain.survey_list import NoList, Response, Unread, read

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,E-Mail\n2026-11-02 10:00,Asha@Tern.example\n",
        "Zeit;Adresse\n02.11.2026;asha@tern.example\n",
        'when\tname\tmail\n2026/11/2\t"Rao, Asha"\t<asha@tern.example>\n',
        '"2026-11-02","Asha Rao <asha@tern.example>"\n',
    ],
)
def test_forms_of_all_tools_are_read(text: str) -> None:
    assert [(one.email, one.day) for one in read(text) if isinstance(one, Response)] == [("asha@tern.example", DAY)]


def test_a_line_without_an_address_is_told_and_an_empty_one_is_nothing() -> None:
    text = "email,day\nasha@tern.example,never\n\nanonymous,2026-11-02\n"
    assert list(read(text)) == [
        Response(2, "asha@tern.example", None),
        Unread(4, "no e-mail address stands in this line"),
    ]


def test_an_impossible_day_is_no_day() -> None:
    assert list(read("2026-13-40,asha@tern.example")) == [Response(1, "asha@tern.example", None)]


@pytest.mark.parametrize("text", ["", "name,answer\nAsha,yes\n", "\x00"])
def test_what_holds_no_address_is_no_list(text: str) -> None:
    with pytest.raises(NoList, match="export the responses with the addresses"):
        list(read(text))
