"""How anything gets said: once a key, on what stands, signed, and readable for ever."""

from threading import Barrier, Thread

import pytest

from tests.builders import at_h
from tests.desk.a_desk import ADesk, Meddled, a_filled_desk
from tests.facts import a_note_written
from u24.desk.board.bytes import board_bytes
from u24.desk.board.fold import catch_up
from u24.desk.board.state import Board
from u24.desk.journey import Desk
from u24.desk.saying import ATTEMPTS, Caller, asked_of, case_stream, command_of, copy_of
from u24.domain.commands.cases import DescribeCase, OpenCase, WriteNote
from u24.domain.commands.people import EnrolPerson, GrantRole, RegisterKey
from u24.domain.facts.people import Role, RoleEnded
from u24.domain.places import AirportTerms
from u24.errors import InvalidInput, StoreUnavailable
from u24.ids import counted_ids
from u24.ledger.keys import KeyInMemory
from u24.ledger.store import Batch, Draft, Submission
from u24.ledger.verify import verify
from u24.wire.facts import encode_fact

NOTE = WriteNote(case_id="case_1", text="Called Ankara.")


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    desk.known("dora", "", {"role": Role.DUTY_OFFICER})
    desk.known("dirk", "", {"role": Role.DUTY_OFFICER})
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def note_by_another(desk):
    """Somebody writes into the case without this desk."""

    def write(number):
        stream = case_stream("case_1")
        body = encode_fact(a_note_written(text="From elsewhere."))
        draft = Draft(kind="note.written/1", actor="desk", body=body)
        batch = Batch(
            stream=stream, expect_seq=desk.store.stream_seq(stream),
            drafts=(draft,),
        )  # fmt: skip
        desk.store.append(
            Submission(command=f"elsewhere-{number}", asked=bytes(32), batches=(batch,))
        )

    return write


def test_a_key_that_is_used_again_for_the_same_gives_the_earlier_outcome_and_adds_nothing(desk):
    first = desk.do("dora", NOTE, key="a")
    size = desk.store.size()

    again = desk.do("dora", NOTE, key="a")

    assert again.repeated
    assert not first.repeated
    assert (again.positions, again.made, again.changed) == (
        first.positions, first.made, first.changed,
    )  # fmt: skip
    assert desk.store.size() == size


def test_an_earlier_outcome_names_what_was_made_then(desk):
    first = desk.do("dora", OpenCase(title="Flood", hazard="MH0600", host="TUR"), key="a")

    again = desk.do("dora", OpenCase(title="Flood", hazard="MH0600", host="TUR"), key="a")

    assert again.get_made("call_sign") == first.get_made("call_sign") == "U24-2023-004"
    assert again.get_made("case_id") == first.get_made("case_id")


def test_a_key_that_is_used_again_for_something_else_is_refused(desk):
    desk.do("dora", NOTE, key="a")

    refusal = desk.refused("dora", WriteNote(case_id="case_1", text="Other."), key="a")

    assert refusal.code == "key-used"
    assert "dora/a" in refusal.text


def test_a_key_is_the_persons_own(desk):
    desk.do("dora", NOTE, key="a")

    other = desk.do("dirk", NOTE, key="a")

    assert not other.repeated


def test_a_refused_command_may_be_asked_again_with_its_key(desk):
    late = WriteNote(case_id="case_9", text="?")
    assert desk.refused("dora", late, key="a").code == "unknown-case"

    assert desk.do("dora", NOTE, key="a").is_done


def test_for_whom_a_deputy_acts_stands_on_record(desk):
    desk.deputy("dora", "gus")
    desk.known("gus")

    done = desk.do("gus", NOTE, acting_for="dora")

    entry = next(desk.store.everything(after=done.positions[0] - 1))
    assert entry.actor == "gus"
    assert entry.command.startswith("gus/for/dora/")


def test_equal_commands_ask_the_same_and_others_do_not():
    assert asked_of(NOTE) == asked_of(WriteNote(case_id="case_1", text="Called Ankara."))
    assert asked_of(NOTE) != asked_of(WriteNote(case_id="case_1", text="Called Ankara"))


def test_when_somebody_else_wrote_first_it_is_thought_again(desk):
    desk.desk._pen.store = Meddled(desk.store, note_by_another(desk), times=3)

    desk.do("dora", NOTE)

    texts = [note.text for note in desk.case().notes]
    assert texts.count("From elsewhere.") == 3
    assert texts[-1] == "Called Ankara."


def test_when_others_never_stop_the_answer_is_busy(desk):
    store = Meddled(desk.store, note_by_another(desk), times=ATTEMPTS)
    desk.desk._pen.store = store

    outcome = desk.ask("dora", NOTE)

    assert outcome.refusal.code == "busy"
    assert not desk.store.find_command("dora/key-1")


def test_a_right_that_is_lost_meanwhile_no_longer_counts(desk):
    def sack(number):
        other = Desk(desk.store, desk.clock, desk.ids)
        ended = RoleEnded(said_at=at_h(5), person_id="dora", role=Role.DUTY_OFFICER)
        other.say(f"sack-{number}", [("people", ended)])

    desk.desk._pen.store = Meddled(desk.store, sack)

    outcome = desk.ask("dora", NOTE)

    assert outcome.refusal.code == "not-allowed"
    assert [note.text for note in desk.case().notes] == ["Called Ankara."]


def test_a_store_that_is_gone_is_an_error_and_no_answer(desk):
    desk.store.close()

    with pytest.raises(StoreUnavailable):
        desk.ask("dora", NOTE)


def test_two_threads_with_one_key_say_it_once(desk):
    barrier, outcomes = Barrier(8), []
    others = [Desk(desk.store, desk.clock, counted_ids(1000 * n)) for n in range(8)]
    command = OpenCase(title="Flood", hazard="MH0600", host="TUR")

    def ask(one):
        barrier.wait()
        outcomes.append(one.do(Caller("dora"), "one-key", command))

    threads = [Thread(target=ask, args=(one,)) for one in others]
    before = desk.store.size()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(outcome.is_done for outcome in outcomes)
    assert len({(outcome.positions, outcome.made) for outcome in outcomes}) == 1
    assert sum(not outcome.repeated for outcome in outcomes) == 1
    assert desk.store.size() == before + len(outcomes[0].positions)


def test_desks_that_open_cases_at_the_same_time_take_different_call_signs(desk):
    barrier, made = Barrier(6), []
    others = [Desk(desk.store, desk.clock, counted_ids(1000 * (n + 1))) for n in range(6)]

    def ask(number, one):
        barrier.wait()
        command = OpenCase(title=f"Flood {number}", hazard="MH0600", host="TUR")
        made.append(one.do(Caller("dora"), f"k{number}", command).get_made("call_sign"))

    threads = [Thread(target=ask, args=held) for held in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [f"U24-2023-{number:03d}" for number in range(4, 10)]


def test_one_desk_may_be_shared_by_threads(desk):
    def write(number):
        for count in range(10):
            note = WriteNote(case_id="case_1", text=f"{number}.{count}")
            assert desk.desk.do(Caller("dora"), f"{number}.{count}", note).is_done

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(desk.case().notes) == 41
    assert board_bytes(desk.board) == board_bytes(catch_up(Board(), desk.store))


def test_what_a_person_says_is_signed_with_their_own_key_and_what_the_desk_says_with_its():
    own, person = KeyInMemory.from_seed(b"1" * 32), KeyInMemory.from_seed(b"2" * 32)
    desk = ADesk(signer=own)
    desk.do("ada", EnrolPerson(person_id="dora", name="Dora"))
    desk.do("ada", GrantRole(person_id="dora", role=Role.DUTY_OFFICER))
    desk.do("dora", RegisterKey(public_key_hex=person.public_key.hex()), signer=person)
    done = desk.do("dora", OpenCase(title="t", hazard="h", host="TUR"), signer=person)
    case_id = done.get_made("case_id")
    desk.say(a_note_written(case_id=case_id))

    entries = list(desk.store.everything())

    assert {entry.key_id for entry in entries if entry.actor == "dora"} == {person.key_id}
    assert {entry.key_id for entry in entries if entry.actor == "desk"} == {own.key_id}
    assert verify(desk.store).findings == ()


def test_what_would_not_read_again_is_never_written(desk):
    airport = AirportTerms(code="ADA", closed_h=((float("nan"), 3.0),))

    refusal = desk.refused("dora", DescribeCase(case_id="case_1", airports=(airport,)))

    assert refusal.code == "invalid-input"


@pytest.mark.parametrize("text", ["half \ud800", "\ud800"])
def test_half_a_character_is_refused(desk, text):
    refusal = desk.refused("dora", WriteNote(case_id="case_1", text=text))

    assert refusal.code == "invalid-input"


@pytest.mark.parametrize("key", ["a\0b", "k" * 2000, ""])
def test_a_key_that_no_record_can_hold_is_refused(desk, key):
    before = desk.store.size()

    outcome = desk.desk.do(Caller("dora"), key, NOTE)

    assert outcome.refusal.code == "invalid-input"
    assert desk.store.size() == before


def test_what_the_desk_says_itself_is_said_once_a_key(desk):
    facts = [(case_stream("case_1"), a_note_written(text="by the clock"))]
    later = [(case_stream("case_1"), a_note_written(text="by the clock", said_at=at_h(9)))]

    first, again = desk.desk.say("tick", facts), desk.desk.say("tick", later)

    assert first.positions == again.positions
    assert again.repeated


def test_what_the_desk_says_does_not_wait_for_others(desk):
    desk.desk._pen.store = Meddled(desk.store, note_by_another(desk), times=2)

    outcome = desk.desk.say("tick", [(case_stream("case_1"), a_note_written(text="tick"))])

    assert outcome.is_done


def test_a_copy_shares_nothing_that_changes(desk):
    copied = copy_of(desk.board)
    before = board_bytes(copied)

    desk.do("dora", NOTE)

    assert board_bytes(copied) == before != board_bytes(desk.board)


def test_no_key_makes_a_command_look_as_if_a_deputy_had_given_it():
    with pytest.raises(InvalidInput, match="for/"):
        command_of(Caller("ana"), "for/ben/k")

    assert command_of(Caller("ana", for_person_id="ben"), "k") == "ana/for/ben/k"
