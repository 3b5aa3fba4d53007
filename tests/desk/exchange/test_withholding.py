"""Whatever tells of something confidential stays at home, however it tells of it."""

import pytest

from tests.desk.exchange.desks import STREAM, PlainDesk
from tests.fact_builders.plans import a_plan_line
from tests.facts import (
    a_code_issued,
    a_correction,
    a_handed_over,
    a_mail_sent,
    a_movement_reported,
    a_note_written,
    a_person_enrolled,
    a_plan_made,
    a_position_taken,
    a_standing_offer_released,
    an_alarm_acknowledged,
    an_alarm_raised,
    an_offer_answered,
    an_offer_committed,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.desk.exchange.withholding import withhold_confidential
from u24.domain.plan import Plan
from u24.domain.proposals import Position, Stance

# The offer of the builders has lot_1 and lift_1/1; the plan brings lot_1 as consignment_1.
NO_PLAN = Plan(routes=(), consignments=())
BY_LOT = a_plan_made(
    "by_lot", plan=NO_PLAN, lines=(a_plan_line("consignment_3", vehicle_ids=("other",)),)
)
BY_VEHICLE = a_plan_made(
    "by_lift", plan=NO_PLAN, lines=(a_plan_line("consignment_2", lot_id="other"),)
)
TELLERS = {
    "answer": an_offer_answered(),
    "commitment": an_offer_committed(),
    "withdrawal": an_offer_withdrawn(),
    "plan with its lot": BY_LOT,
    "plan with its vehicle": BY_VEHICLE,
    "movement of its consignment": a_movement_reported(),
    "movement of its vehicle": a_movement_reported(consignment_id="", vehicle_id="lift_1/1"),
    "hand-over of its consignment": a_handed_over(),
    "alarm of its consignment": an_alarm_raised(),
    "alarm in whose words it stands": an_alarm_raised(subject="ADA", text="lift_1/1 is late"),
    "acknowledgement of such an alarm": an_alarm_acknowledged(),
    "correction of a movement": a_correction(1, a_movement_reported()),
}


def held_back(*told):
    """Which of the facts stay at home; facts, or pairs of stream and fact."""
    desk = PlainDesk("a")
    pairs = [each if isinstance(each, tuple) else (STREAM, each) for each in told]
    entries = [desk.tell(stream, fact)[0] for stream, fact in pairs]
    holds = withhold_confidential(desk.store.everything)
    return [holds(entry) for entry in entries]


def plans():
    return a_plan_made("first"), an_alarm_raised()


@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize("confidential", [True, False])
def test_what_tells_of_an_offer_stays_if_the_offer_is_confidential(teller, confidential):
    offer = an_offer_made(confidential=confidential)

    held = held_back(offer, *plans(), TELLERS[teller])

    assert held == [confidential] * 4


def test_what_was_told_before_the_offer_became_confidential_stays_too():
    told = (an_offer_made(), a_plan_made(), a_movement_reported())

    assert held_back(*told, an_offer_made(confidential=True)) == [True] * 4


SECRET = Position(member="NLD", proposal="proposal_1", stance=Stance.OPPOSE, secret=True)


@pytest.mark.parametrize(
    "secret",
    [
        an_offer_made(confidential=True),
        a_position_taken(confidential=True),
        a_position_taken(position=SECRET),
    ],
)
def test_a_confidential_word_stays_also_inside_a_correction(secret):
    assert held_back(secret, a_correction(1, secret)) == [True, True]


def test_a_standing_offer_that_is_confidential_hides_its_lots_wherever_they_are_offered():
    standing = a_standing_offer_released(confidential=True)

    assert held_back(("standing", standing), an_offer_made()) == [True, True]


@pytest.mark.parametrize(
    ("stream", "fact", "stays"),
    [
        (STREAM, a_mail_sent(), True),
        (STREAM, a_code_issued(), True),
        ("people", a_person_enrolled(), True),
        (STREAM, a_note_written(), False),
    ],
)
def test_mail_codes_and_addresses_stay_in_any_case(stream, fact, stays):
    assert held_back((stream, fact)) == [stays]
