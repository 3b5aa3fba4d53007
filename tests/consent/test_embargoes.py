"""Which arms embargoes stand on a day, and whom they bind."""

from datetime import date

import pytest

from tests.builders import a_case
from u24.consent.embargoes import binds, embargo_text, embargoes_on, is_member
from u24.domain.gates import Embargo

DAY = date(2022, 3, 16)


def an_embargo(**values):
    """One of the EU on Syria that stands from 2020 on."""
    return Embargo(**{"target": "SYR", "by": "EU", "from_on": date(2020, 1, 1), **values})


def test_embargoes_of_the_table_and_of_the_case_stand_together_each_once():
    own = an_embargo(target="RUS", by="GBR")
    case = a_case(embargoes=(own, own))

    standing = embargoes_on("RUS", DAY, case)

    assert [each.by for each in standing] == ["EU", "GBR"]
    assert standing[1] == own


def test_the_order_of_the_rows_of_a_case_does_not_matter():
    rows = tuple(an_embargo(by=by) for by in ("GBR", "EU", "UN"))

    assert embargoes_on("SYR", DAY, a_case(embargoes=rows)) == embargoes_on(
        "SYR", DAY, a_case(embargoes=rows[::-1])
    )


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
    ],
)
def test_an_embargo_stands_from_its_first_day_until_before_its_last(day, stands):
    case = a_case(embargoes=(an_embargo(until_on=date(2021, 1, 1)),))

    assert bool(embargoes_on("SYR", day, case)) is stands


def test_an_embargo_on_another_state_does_not_count():
    assert embargoes_on("UKR", DAY, a_case(embargoes=(an_embargo(),))) == ()


@pytest.mark.parametrize(
    ("by", "owner", "bound"),
    [
        ("UN", "USA", True),
        ("UN", "XKX", True),
        ("UNSC", "SVK", True),
        ("EU", "SVK", True),
        ("EU", "USA", False),
        ("NATO", "USA", True),
        ("GBR", "GBR", True),
        ("GBR", "FRA", False),
        ("ECOWAS", "GHA", None),
    ],
)
def test_an_embargo_binds_whom_its_author_can_bind(by, owner, bound):
    assert binds(an_embargo(by=by), owner, DAY) is bound


def test_a_state_that_left_the_union_is_no_longer_bound():
    assert is_member("GBR", "EU", date(2020, 1, 1)) is True
    assert is_member("GBR", "EU", DAY) is False


def test_who_is_a_member_is_not_known_for_a_body_or_a_day_that_no_table_covers():
    assert is_member("FRA", "ECOWAS", DAY) is None
    assert is_member("FRA", "NATO", date(1940, 1, 1)) is None


def test_an_embargo_is_told_with_what_is_known_of_it():
    bare = an_embargo()
    full = an_embargo(scope="Darfur", source="An act", note="day not read")

    assert embargo_text(bare) == "arms embargo of EU on SYR since 2020-01-01"
    assert embargo_text(full) == (
        "arms embargo of EU on SYR since 2020-01-01 (Darfur), An act; day not read"
    )
