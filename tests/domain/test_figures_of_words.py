"""What words compute: masses, ranges, consent, shares, hours."""

from datetime import timedelta

import pytest

from tests.builders import (
    T0,
    a_case,
    a_caveat,
    a_consent,
    a_consignment,
    a_lot,
    a_reason,
    a_segment,
    a_verdict,
)
from u24.domain.answer import Score
from u24.domain.consent import Permission, alternatives
from u24.domain.figures import Range


def a_score(*met_shares: float, bound_share: float) -> Score:
    return Score(met_shares=met_shares, bound_share=bound_share, losses=())


@pytest.mark.parametrize(
    ("packs", "pack_mass_g", "mass_kg"),
    [(1, 1, 1), (1, 1000, 1), (1, 1001, 2), (3, 500, 2), (1000, 1, 1), (7, 333, 3)],
)
def test_the_mass_of_a_lot_rounds_up_once_for_all_packs(packs, pack_mass_g, mass_kg):
    lot = a_lot(packs=packs, pack_mass_g=pack_mass_g, pack_people=9)

    assert lot.mass_kg == mass_kg


def test_the_payload_of_a_pack_holds_a_hundred_kilograms_a_person():
    assert a_lot(pack_mass_g=1_500, pack_people=0).pack_payload_g == 1_500
    assert a_lot(pack_mass_g=1_500, pack_people=3).pack_payload_g == 301_500


def test_the_payload_of_a_pack_does_not_depend_on_how_many_there_are():
    assert a_lot(packs=9, pack_people=1).pack_payload_g == a_lot(pack_people=1).pack_payload_g


@pytest.mark.parametrize("figures", [(0, 0, 0), (1, 1, 1), (0, 0.5, 2)])
def test_a_range_may_be_narrow_or_start_at_nothing(figures):
    low, best, high = figures

    assert Range(low=low, best=best, high=high).best == best


def test_a_scaled_range_keeps_its_shape():
    assert Range(low=1, best=2, high=4).scaled(2.5) == Range(low=2.5, best=5, high=10)


@pytest.mark.parametrize(
    ("members", "kinds", "speaks"),
    [
        (("*",), ("*",), True),
        (("NLD",), ("*",), True),
        (("DEU", "NLD"), ("tarp", "usar_heavy"), True),
        (("*",), ("usar_heavy",), True),
        (("DEU",), ("*",), False),
        (("*",), ("tarp",), False),
        (("NLD",), ("tarp",), False),
        (("DEU",), ("usar_heavy",), False),
        ((), ("*",), False),
    ],
)
def test_a_consent_speaks_of_a_lot_only_by_member_and_kind_together(members, kinds, speaks):
    row = a_consent(members=members, kinds=kinds)

    assert row.speaks_of("NLD", ["usar_heavy"]) is speaks


def test_a_refusal_speaks_as_a_consent_does():
    assert a_consent(allowed=False).speaks_of("NLD", ["usar_heavy"])


@pytest.mark.parametrize(
    ("kinds", "speaks"),
    [(("people",), True), (("tarp", "military"), True), (("goods",), False), (("lift",), False)],
)
def test_a_consent_speaks_of_what_has_any_one_of_its_words(kinds, speaks):
    row = a_consent(kinds=kinds)

    assert row.speaks_of("NLD", ("usar_heavy", "people", "military")) is speaks


def test_the_same_change_flips_a_verdict_however_many_reasons_it_lifts():
    two = [a_reason(f"host-{n}", leaves=Permission.NO, lift="consent:NLD/tarp=yes") for n in (1, 2)]
    other = a_reason("gate", leaves=Permission.NOT_YET, lift="gate:lot_1/att-6=yes")
    nobody = a_reason("caveat", leaves=Permission.NO)
    limit = a_reason("validity")

    assert a_verdict(reasons=(*two, limit)).flips == ("consent:NLD/tarp=yes",)
    assert a_verdict(reasons=(*two, other)).flips == ()
    assert a_verdict(reasons=(*two, nobody)).flips == ()
    assert a_verdict(reasons=(nobody,)).flips == ()
    assert a_verdict(reasons=(limit,)).flips == ()


def test_of_possible_compares_the_first_mark_with_the_bound():
    assert a_score(0.6, 0.9, bound_share=0.8).of_possible_share == pytest.approx(0.75)


def test_all_that_is_possible_is_met_where_nothing_is_possible():
    assert a_score(0.0, bound_share=0.0).of_possible_share == 1.0


def test_nothing_met_of_something_possible_is_nothing():
    assert a_score(0.0, bound_share=0.5).of_possible_share == 0.0


def test_a_bar_in_a_caveat_separates_alternatives():
    assert alternatives("ADA| GZT") == ("ADA", "GZT")
    assert alternatives("ADA") == ("ADA",)


@pytest.mark.parametrize("text", ["not_to:SYR", "only_via:ADA|GZT", "own_cargo_only"])
def test_a_caveat_is_written_as_it_was_read(text):
    assert str(a_caveat(text)) == text


def test_hours_after_t0_round_to_the_second():
    assert a_case().hours_after_t0(1 / 7) == T0 + timedelta(seconds=514)
    assert a_case().hours_after_t0(-1.5) == T0 - timedelta(minutes=90)


def test_a_consignment_arrives_with_its_last_segment():
    one, two = a_segment(end_s=900), a_segment(start_s=900, end_s=1800)

    assert a_consignment(segments=(one, two)).arrive_s == 1800
