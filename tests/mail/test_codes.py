"""What a one-time code is good for: one person, in one case, on one ledger."""

from dataclasses import replace

import pytest

from tests.mail.world import PEOPLE, a_reply, code_in
from u24.domain.facts.requests import Reply
from u24.mail.codes import CodeBond, code_id_of

HOST = PEOPLE["host"][2]
BOND = CodeBond(ledger_id="ledger_1", case_id="case_1", person_id="host")


@pytest.mark.parametrize("part", ["ledger_id", "case_id", "person_id"])
def test_the_same_letters_are_another_code_for_anybody_or_anything_else(part):
    other = replace(BOND, **{part: "another"})

    assert code_id_of("33334-44446", BOND) != code_id_of("33334-44446", other)


def test_a_code_is_the_same_in_small_letters_and_without_its_hyphen():
    assert code_id_of("k7tm9pxc4d", BOND) == code_id_of("K7TM9-PXC4D", BOND)


def test_wrong_tries_lock_the_codes_that_were_out_and_not_the_next_one(world, inboxes):
    offer_id = world.offer()
    world.round()
    old = inboxes.of(HOST)[-1]
    for i in "34679":
        world.hear(a_reply(old, f"CODE 9999{i}-77777\nACCEPT {offer_id}", number=i))
    world.clock.turn(minutes=1)
    world.ask_for_help()
    world.round()
    new = inboxes.of(HOST)[-1]

    locked = world.hear(a_reply(old, f"CODE {code_in(old)}\nACCEPT {offer_id}", number=98))
    world.hear(a_reply(new, f"CODE {code_in(new)}\nACCEPT {offer_id}", number=99))

    assert "locked after 5 wrong tries" in locked
    assert world.case.offers[offer_id].reply is Reply.ACCEPT
