"""Keys, and the clock: what the record itself stands on."""

import pytest

from tests.builders import at_h
from tests.desk.a_desk import ADesk, Meddled
from u24.desk.journey import Desk
from u24.desk.saying import Caller
from u24.domain.commands.cases import OpenCase
from u24.domain.commands.people import RegisterKey, RevokeKey, RotateKey, SetClockBack
from u24.domain.facts.people import Role
from u24.errors import ClockWentBack
from u24.ledger.keys import KeyInMemory
from u24.ledger.verify import verify

OWN, OTHER, NEW = (KeyInMemory.from_seed(bytes([n]) * 32) for n in (1, 2, 3))
DESK_KEY = KeyInMemory.from_seed(bytes(32))


def register(key, **values):
    return RegisterKey(public_key_hex=key.public_key.hex(), **values)


def rotate(old, new):
    return RotateKey(old_key_id=old.key_id, public_key_hex=new.public_key.hex())


def revoke(key, **values):
    return RevokeKey(key_id=key.key_id, reason="lost", **values)


@pytest.fixture
def desk():
    desk = ADesk(signer=DESK_KEY)
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.enrol("dirk", Role.DUTY_OFFICER)
    desk.do("dora", register(OWN))
    return desk


def test_a_key_is_registered_rotated_and_revoked_and_the_record_verifies(desk):
    desk.do("dora", OpenCase(title="t", hazard="h", host="TUR"), signer=OWN)
    desk.do("dora", rotate(OWN, NEW), signer=OWN)
    desk.do("dora", OpenCase(title="u", hazard="h", host="TUR"), signer=NEW)
    desk.do("dora", revoke(NEW), signer=NEW)
    desk.do("dora", register(OTHER))

    assert verify(desk.store).findings == ()


def test_whoever_has_a_key_replaces_it(desk):
    assert desk.refused("dora", register(NEW)).code == "has-key"
    assert desk.refused("ada", register(NEW, person_id="dora")).code == "has-key"


def test_a_key_is_used_by_one_person_once(desk):
    assert desk.refused("dirk", register(OWN)).code == "key-known"
    desk.do("dora", revoke(OWN))
    assert desk.refused("dora", register(OWN)).code == "key-known"


def test_the_desks_own_key_is_nobodys(desk):
    assert desk.refused("dirk", register(DESK_KEY)).code == "key-known"


def test_a_key_is_replaced_only_under_its_own_signature(desk):
    assert desk.refused("dora", rotate(OWN, NEW)).code == "not-signed"
    assert desk.refused("dora", rotate(OWN, NEW), signer=NEW).code == "bad-signature"
    assert desk.refused("dirk", rotate(OWN, NEW), signer=OWN).code == "bad-signature"
    assert desk.refused("dora", rotate(OTHER, NEW)).code == "unknown-key"


def test_what_is_signed_with_a_key_that_is_not_the_callers_is_refused(desk):
    command = OpenCase(title="t", hazard="h", host="TUR")

    assert desk.refused("dirk", command, signer=OWN).code == "bad-signature"
    assert desk.refused("dora", command, signer=OTHER).code == "bad-signature"
    desk.do("dora", revoke(OWN))
    assert desk.refused("dora", command, signer=OWN).code == "bad-signature"


def test_a_key_that_is_revoked_meanwhile_signs_nothing_more(desk):
    other = Desk(desk.store, desk.clock, desk.ids, signer=DESK_KEY)
    lost = revoke(OWN, person_id="dora")
    desk.desk._pen.store = Meddled(desk.store, lambda _: other.do(Caller("ada"), "lost", lost))

    outcome = desk.ask("dora", OpenCase(title="t", hazard="h", host="TUR"), signer=OWN)

    assert outcome.refusal.code == "bad-signature"
    assert verify(desk.store).findings == ()


def test_a_first_key_may_sign_its_own_registration(desk):
    desk.do("dirk", register(OTHER), signer=OTHER)

    assert verify(desk.store).findings == ()


def test_only_an_administrator_touches_the_key_of_another(desk):
    assert desk.refused("dirk", revoke(OWN, person_id="dora")).code == "not-allowed"
    assert desk.refused("dirk", register(NEW, person_id="dora")).code == "not-allowed"

    desk.do("ada", revoke(OWN, person_id="dora"))
    desk.do("ada", register(NEW, person_id="dora"))


@pytest.mark.parametrize("text", ["", "ab", "AB" * 32, "zz" * 32])
def test_a_public_key_is_64_small_letters(desk, text):
    assert desk.refused("dirk", RegisterKey(public_key_hex=text)).code == "bad-key"


def test_a_clock_is_set_back_only_if_it_was_ahead_and_then_the_record_goes_on(desk):
    command = OpenCase(title="t", hazard="h", host="TUR")
    back = SetClockBack(reason="the machine showed tomorrow")
    assert desk.refused("dora", back).code == "clock-right"
    desk.clock.now = at_h(3)
    with pytest.raises(ClockWentBack):
        desk.ask("dora", command)
    assert desk.refused("dora", SetClockBack(reason=" ")).code == "no-reason"

    desk.do("dora", back)

    assert desk.ask("dora", command).is_done
    assert verify(desk.store).findings == ()


def test_a_first_key_signs_only_its_owners_own_registration(desk):
    taint = register(OTHER, person_id="dirk")

    assert desk.refused("ada", taint, signer=OTHER).code == "bad-signature"
    desk.do("dirk", taint, signer=OTHER)
    assert verify(desk.store).findings == ()


def test_the_desks_own_key_is_not_revoked_under_the_record_that_it_signs(desk):
    refusal = desk.refused("ada", revoke(DESK_KEY, person_id="desk"))

    assert refusal.code == "desk-key"
