"""Two desks with all their rules exchange a case."""

from tests.ledger.stores import HandClock
from u24.desk.exchange.bundle import write_bundle
from u24.desk.exchange.taking_in import take_in
from u24.desk.journey import Desk
from u24.desk.saying import Caller
from u24.domain.commands.cases import OpenCase, WriteNote
from u24.domain.facts.people import PersonEnrolled, Role, RoleGranted
from u24.domain.facts.record import LedgerBegun
from u24.ids import counted_ids
from u24.ledger.keys import KeyInMemory
from u24.ledger.memory import MemoryStore
from u24.ledger.store import Batch, Draft, Submission
from u24.ledger.verify import verify
from u24.wire.facts import encode_fact


def a_desk(name):
    clock = HandClock()
    key = KeyInMemory.from_seed(name.encode().ljust(32))
    store = MemoryStore(clock)
    begun = LedgerBegun(
        said_at=clock(), ledger_id=f"ledger_{name}", name=f"Desk {name}", exercise=False,
        administrator_id="anna", public_key_hex=key.public_key.hex(),
    )  # fmt: skip
    draft = Draft(kind="ledger.begun/1", actor="desk", body=encode_fact(begun))
    store.append(
        Submission(
            command="begin", asked=bytes(32),
            batches=(Batch(stream="record", expect_seq=0, drafts=(draft,)),),
        )
    )  # fmt: skip
    desk = Desk(store, clock, counted_ids(1000 if name == "b" else 1), signer=key)
    desk.say("people", [
        ("people", PersonEnrolled(said_at=clock(), person_id="anna", name="Anna")),
        ("people", RoleGranted(said_at=clock(), person_id="anna", role=Role.DUTY_OFFICER)),
    ])  # fmt: skip
    return desk, key, clock


def test_a_case_goes_from_desk_to_desk_and_both_records_verify(tmp_path):
    (a, a_key, clock), (b, *_) = a_desk("a"), a_desk("b")
    opening = OpenCase(title="Earthquake", hazard="GH0101", host="TUR")
    case_id = a.do(Caller("anna"), "open", opening).get_made("case_id")
    own_id = b.do(Caller("anna"), "open", opening).get_made("case_id")
    write_bundle(a.store, a.refresh(), case_id, a_key, tmp_path / "a.u24", clock=clock)

    outcome = take_in(
        b, Caller("anna"), tmp_path / "a.u24",
        trusted_keys={"ledger_a": a_key.public_key.hex()}, clock=clock,
    )  # fmt: skip
    noted = b.do(Caller("anna"), "note", WriteNote(case_id=case_id, text="seen"))

    assert outcome.is_done
    assert noted.is_done
    sign = b.board.cases[own_id].call_sign
    assert b.board.call_signs[sign] == own_id
    assert b.board.call_signs[f"{sign} (OF DESK A)"] == case_id
    assert verify(b.store).counts == {}
    assert b.board.exercise is False
