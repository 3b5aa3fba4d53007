"""The arms embargoes: against whom, by whom, from when until when."""

from datetime import date, timedelta

import pytest

from u24.errors import InvalidInput
from u24.reference.countries import find_country
from u24.reference.embargoes import _embargo as read_embargo
from u24.reference.embargoes import embargoes_against, list_embargoes
from u24.reference.sources import get_source
from u24.reference.tables import SHIPPED, read_rows

HEADER = "embargo_id,target,by,from_on,until_on,scope,whole_state,source,checked_in,note"
EMBARGOES = list_embargoes()
DAY = timedelta(days=1)


def standing(target, by, on):
    """Whether the whole state is barred, of each embargo that stands on that day."""
    return [
        each.whole_state
        for each in embargoes_against(target)
        if each.by == by and each.from_on <= on and (each.until_on is None or on < each.until_on)
    ]


def with_embargoes(folder, *rows):
    path = folder / "mine.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return SHIPPED.with_override("embargoes", path)


@pytest.mark.parametrize(
    ("target", "by", "first"),
    [
        ("RUS", "EU", date(2014, 8, 1)),
        ("CHN", "EU", date(1989, 6, 27)),
        ("BLR", "EU", date(2011, 6, 20)),
        ("LBY", "UN", date(2011, 2, 26)),
        ("PRK", "UN", date(2006, 10, 14)),
        ("SSD", "UN", date(2018, 7, 13)),
        ("IRN", "UN", date(2025, 9, 28)),
        ("ZWE", "EU", date(2002, 2, 18)),
    ],
)
def test_an_embargo_on_a_state_that_stands_today_began_on_its_day(target, by, first):
    assert standing(target, by, first - DAY) == []
    assert standing(target, by, first) == [True]
    assert standing(target, by, date(2026, 1, 1)) == [True]


@pytest.mark.parametrize(
    ("target", "by", "end"),
    [
        ("SYR", "EU", date(2013, 6, 1)),
        ("ERI", "UN", date(2018, 11, 14)),
        ("CIV", "UN", date(2016, 4, 28)),
        ("GIN", "EU", date(2014, 4, 14)),
        ("IRN", "UN", date(2020, 10, 18)),
        ("LBR", "EU", date(2016, 6, 20)),
    ],
)
def test_an_embargo_that_was_lifted_no_longer_stands_on_that_day(target, by, end):
    assert len(standing(target, by, end - DAY)) == 1
    assert standing(target, by, end) == []


@pytest.mark.parametrize(
    ("target", "day", "whole"),
    [
        ("SOM", date(2013, 3, 5), True),
        ("SOM", date(2023, 11, 30), False),
        ("SOM", date(2023, 12, 1), False),
        ("CAF", date(2023, 7, 26), True),
        ("CAF", date(2024, 7, 30), False),
        ("YEM", date(2015, 4, 14), False),
        ("COD", date(2008, 3, 30), True),
        ("COD", date(2008, 3, 31), False),
        ("IRQ", date(2004, 6, 7), True),
        ("IRQ", date(2004, 6, 8), False),
    ],
)
def test_what_bars_only_a_part_is_told_apart_from_what_bars_the_state(target, day, whole):
    assert standing(target, "UN", day) == [whole]


def test_no_state_has_two_embargoes_of_the_same_body_on_one_day():
    edges = {each.from_on for each in EMBARGOES}
    pairs = {(each.target, each.by) for each in EMBARGOES}

    twice = [
        (*pair, day) for pair in sorted(pairs) for day in edges if len(standing(*pair, day)) > 1
    ]

    assert twice == []


def test_every_target_is_a_country_and_every_row_names_its_act():
    assert [each for each in EMBARGOES if find_country(each.target) is None] == []
    assert all(each.source for each in EMBARGOES)


def test_what_bars_only_a_part_says_which():
    assert [each for each in EMBARGOES if not each.whole_state and not each.scope] == []


def test_what_was_read_names_where_and_that_is_a_good_part():
    rows = read_rows("embargoes")

    assert all(get_source(key) for row in rows for key in row["checked_in"])
    assert sum(bool(row["checked_in"]) for row in rows) >= 30


def test_a_state_without_an_embargo_has_none():
    assert embargoes_against("UKR") == ()


def test_all_are_listed_in_order_of_state():
    targets = [each.target for each in EMBARGOES]

    assert targets == sorted(targets)
    assert len(EMBARGOES) == len(read_rows("embargoes"))


def test_an_embargo_without_its_first_day_is_refused_with_its_row(tmp_path):
    with pytest.raises(InvalidInput, match=r"mine.csv row 2, column from_on: found ''"):
        with_embargoes(tmp_path, "un-x,SYR,UN,,,,yes,An act,,")


def test_a_row_that_has_no_first_day_all_the_same_is_refused_with_its_name():
    row = {"embargo_id": "un-x", "from_on": None}

    with pytest.raises(InvalidInput, match="row un-x, column from_on: found nothing; give the day"):
        read_embargo(row)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("2014-02-30,", "row un-x, column from_on: found '2014-02-30'; it must be a day"),
        ("2014-02-01,2014-13-01", "row un-x, column until_on: found '2014-13-01'"),
        ("2014-02-01,2014-02-01", "row un-x: embargo of UN on SYR: until 2014-02-01 is not after"),
    ],
)
def test_an_embargo_with_days_that_cannot_be_is_refused_with_its_row(tmp_path, days, told):
    mine = with_embargoes(tmp_path, f"un-x,SYR,UN,{days},,yes,An act,,")

    with pytest.raises(InvalidInput, match=told):
        list_embargoes(mine)
