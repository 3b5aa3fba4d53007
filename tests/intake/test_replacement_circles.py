"""Offers that wait for each other are told exactly where none can be the first."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOST, a_case, a_lot
from u24.consent.replacements import replacements
from u24.domain.offers import Caveat, CaveatKind
from u24.errors import InvalidInput
from u24.intake.case_folder.faults import Faults, Row
from u24.intake.case_folder.frame import Frame
from u24.intake.case_folder.names import Names
from u24.intake.case_folder.replacement_circles import check_replacements

FILE = "offers.csv"
KINDS = ("tent", "pump", "boat", "air_defence_s300", "air_defence_patriot")
OFFERS = st.lists(
    st.tuples(
        st.sampled_from((HOST, "ROU", "GRC", "DEU")),
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    ),
    max_size=7,
)
Offer = tuple[str, str, tuple[str, ...]]  # member, kind, kinds that it waits for


def _caveats(kinds: Iterable[str]) -> tuple[Caveat, ...]:
    return tuple(Caveat(kind=CaveatKind.ONCE_REPLACED, argument=kind) for kind in kinds)


def _messages(offers: list[Offer]) -> list[str]:
    faults = Faults(files=(FILE,))
    rows = [
        Row(
            file=FILE,
            line=number + 2,
            faults=faults,
            values={
                "offer_id": f"O{number}",
                "member": member,
                "kind": kind,
                "caveats": _caveats(wanted),
            },
        )
        for number, (member, kind, wanted) in enumerate(offers)
    ]
    check_replacements(rows, Frame(names=Names(), host=HOST))
    return faults.messages()


def _has_circle(offers: list[Offer]) -> bool:
    """By trying: whoever waits for something that others may be able to give moves on."""
    foreign = [offer for offer in offers if offer[0] != HOST]
    similar = {kind: {kind} for kind in KINDS} | {kind: set(KINDS[3:]) for kind in KINDS[3:]}
    stuck = {n for n, offer in enumerate(foreign) if offer[2]}
    while True:
        moved = {n for n in stuck if not _is_blocked(foreign, n, stuck, similar)}
        if not moved:
            return bool(stuck)
        stuck -= moved


def _is_blocked(
    offers: list[Offer], own: int, stuck: set[int], similar: dict[str, set[str]]
) -> bool:
    donor, own_kind, wanted = offers[own]
    others = [n for n, offer in enumerate(offers) if offer[0] != donor]
    for kind in wanted:
        same = [n for n in others if offers[n][1] == kind]
        like = (similar[kind] - {own_kind}) | {kind}
        free = any(offers[n][1] in like and not offers[n][2] for n in others)
        if same and not free and all(n in stuck for n in same):
            return True
    return False


@given(OFFERS)
def test_a_circle_is_told_if_and_only_if_there_is_one(offers):
    assert bool(_messages(offers)) == _has_circle(offers)


@given(OFFERS)
def test_the_consent_room_refuses_whatever_is_told_here(offers):
    lots = [
        a_lot(f"O{n}", member=member, kind=kind, caveats=_caveats(wanted))
        for n, (member, kind, wanted) in enumerate(offers)
    ]

    if _messages(offers):
        with pytest.raises(InvalidInput, match="go round in a circle"):
            replacements(a_case(lots=tuple(lots), needs=()), {})


def test_each_circle_is_told_once_at_its_first_offer():
    offers = [
        ("ROU", "tent", ("pump",)),
        ("GRC", "pump", ("tent",)),
        ("DEU", "mat", ("boat",)),
        ("GRC", "boat", ("mat",)),
        ("DEU", "lamp", ("boat",)),
    ]

    messages = _messages(offers)

    assert [message.split(":")[0] for message in messages] == [
        "offers.csv row 2, column caveats",
        "offers.csv row 4, column caveats",
    ]
    assert "O0 (tent) waits for O1 (pump) waits for O0 (tent);" in messages[0]


def test_a_long_circle_is_told_in_short():
    size = 40
    offers = [(f"X{n % 2}A", f"kind{n}", (f"kind{(n + 1) % size}",)) for n in range(size)]

    (message,) = _messages(offers)

    assert message.count("waits for") == 7
    assert "waits for ... waits for O0 (kind0)" in message


def test_ten_thousand_offers_of_one_kind_that_wait_for_it_are_judged_at_once():
    offers = [("ROU" if n % 2 else "GRC", "tent", ("tent",)) for n in range(10_000)]

    assert len(_messages(offers)) == 1
