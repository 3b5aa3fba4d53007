"""A case's life through the desk: any order of commands by anybody, and what must always hold."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builders import a_consent, a_lot, a_need, a_vehicle, at_h
from tests.desk.a_desk import NOW, ADesk, HandClock, Meddled, a_filled_desk
from tests.desk.every_command import LETTERS, TABLE
from tests.facts import (
    a_case_merged,
    a_case_opened,
    a_plan_made,
    a_position_taken,
    a_proposal_made,
    an_offer_made,
)
from u24.desk.board.bytes import board_bytes
from u24.desk.board.fold import board_of, catch_up
from u24.desk.board.state import Board
from u24.desk.journey import JOURNEY, RULES, Desk, begin_desk
from u24.desk.saying import Caller, case_stream
from u24.domain.commands.cases import CloseCase, MergeCases, OpenCase, ReopenCase, WriteNote
from u24.domain.commands.command import Command
from u24.domain.commands.decisions import GiveConsent, TakePosition
from u24.domain.commands.movements import HandOver, ReportMovement
from u24.domain.commands.people import (
    BreakGlass,
    EndRole,
    EnrolPerson,
    GrantRole,
    HandOverShift,
    NameDeputy,
)
from u24.domain.commands.plans import MakePlan, ReleasePlan, SignPlan
from u24.domain.commands.requests import (
    AnswerOffer,
    CommitOffer,
    MakeOffer,
    StateRequest,
    WithdrawOffer,
)
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import GlassBroken, Role, RoleGranted, ShiftHandedOver
from u24.domain.facts.requests import Reply
from u24.domain.proposals import Position, Stance
from u24.errors import InvalidInput
from u24.ids import counted_ids
from u24.ledger.memory import MemoryStore
from u24.wire.facts import decode_fact

ADA = EnrolPerson(person_id="ada", name="Ada")
PEOPLE = {
    "ada": (None, ""), "dora": (Role.DUTY_OFFICER, ""), "dirk": (Role.DUTY_OFFICER, ""),
    "fons": (Role.FOCAL_POINT, "NLD"), "dieter": (Role.FOCAL_POINT, "DEU"),
    "hale": (Role.HOST_OFFICER, "TUR"), "cato": (Role.DECISION_MAKER, "NLD"),
    "lars": (Role.LOGISTICIAN, ""), "lea": (Role.LEGAL_OFFICER, ""), "olga": (Role.OBSERVER, ""),
    "nobody": (None, ""),
}  # fmt: skip


def all_commands():
    """By name: a slotted class leaves its first self behind."""
    return {cls.__name__ for cls in Command.__subclasses__()}


def test_every_command_stands_in_the_journey_once():
    assert {cls.__name__ for cls in RULES} == all_commands()
    assert len(JOURNEY) == len(RULES)


def test_a_ledger_begins_once():
    desk = ADesk()

    with pytest.raises(InvalidInput, match="begun before"):
        begin_desk(desk.store, desk.clock, desk.ids, name="Again", administrator=ADA)


def test_call_signs_count_in_the_year_of_opening_and_an_exercise_says_so():
    real, drill = ADesk(), ADesk(exercise=True)
    command = OpenCase(title="Flood", hazard="MH0600", host="TUR")
    for desk in (real, drill):
        desk.enrol("dora", Role.DUTY_OFFICER)

    signs = [desk.do("dora", command).get_made("call_sign") for desk in (real, real, drill)]
    real.clock.wait(days=400)
    signs.append(real.do("dora", command).get_made("call_sign"))

    assert signs == ["U24-2023-001", "U24-2023-002", "EX-U24-2023-001", "U24-2024-001"]


def a_desk_that_can_plan():
    filled = a_filled_desk()
    filled.known("lars", "", {"role": Role.LOGISTICIAN})
    aircraft = (a_vehicle(class_id="C130H"), a_vehicle("lift_2/1", class_id="C130H"))
    filled.say(
        an_offer_made(vehicles=aircraft[:1]),
        an_offer_made("offer_waits", lots=(), vehicles=aircraft[1:]),
    )
    return filled


def test_a_plan_that_took_long_is_written_though_the_case_went_on():
    busy = _Interrupted(a_desk_that_can_plan())

    outcome = busy.desk.do(Caller("lars"), "plan", MakePlan(case_id="case_1", work=1))

    assert busy.interrupted
    assert outcome.is_done, outcome
    made = busy.desk.board.cases["case_1"].plans[outcome.get_made("plan_id")]
    assert made.fact.position < made.position - 1  # it says what it did not know of


def test_a_plan_whose_name_was_taken_while_it_was_planned_is_not_written_over_the_other():
    filled = a_desk_that_can_plan()
    other = Desk(filled.store, filled.clock, counted_ids(900))
    named = [(case_stream("case_1"), a_plan_made("mine"))]
    filled.desk._pen.store = Meddled(filled.store, lambda _: other.say("first", named))

    outcome = filled.ask("lars", MakePlan(case_id="case_1", plan_id="mine", work=1))

    assert outcome.refusal.code == "name-taken"
    assert filled.case().plans["mine"].made_by == "desk"


class _Interrupted:
    """A desk of which another writes into the case while the first plans."""

    def __init__(self, filled):
        self.filled, self.interrupted = filled, False
        self.desk = Desk(filled.store, filled.clock, self.make)
        self.ids = counted_ids(500)

    def make(self, prefix):
        if prefix == "plan":
            self.interrupted = True
            other = Desk(self.filled.store, self.filled.clock, counted_ids(900))
            note = WriteNote(case_id="case_1", text="meanwhile")
            assert other.do(Caller("lars"), "note", note).is_done
            assert self.desk._lock.acquire(blocking=False)  # others may go on while it plans
            self.desk._lock.release()
        return self.ids(prefix)


def test_what_fell_due_while_no_desk_was_running_is_said_once_by_whoever_looks_first():
    clock, ids = HandClock(), counted_ids()
    store = MemoryStore(clock)
    first = begin_desk(store, clock, ids, name="Drill", administrator=ADA)
    stream = case_stream("case_1")
    proposal = a_proposal_made(deadline_at=at_h(8))
    first.say("x", [(stream, a_case_opened()), (stream, proposal)])
    clock.wait(days=2)

    one, two = (Desk(store, clock, counted_ids(n)) for n in (100, 200))
    done = [len(one.watch()), len(two.watch()), len(one.watch())]

    assert done == [1, 0, 0]
    decided = one.board.cases["case_1"].proposals["proposal_1"].decided
    assert decided.decided_at == at_h(8)


def who_may(command):
    """By the table that was written by hand."""
    name = type(command).__name__
    rows = [row for title, row in TABLE.items() if title.split(" ")[0] == name]
    if name in {"HandOverShift", "EndRole"}:  # of oneself
        return set(Role)
    return {LETTERS[letter] for row in rows for letter in row[0]}


@pytest.mark.parametrize("heard_in", ["case_1", "case_2"])
def test_what_comes_in_while_the_desk_decides_is_thought_of(heard_in):
    """Also what is said in a case with which this one was made one."""
    filled = a_filled_desk()
    filled.say(a_case_merged(case_id="case_1", into_case_id="case_2"))
    filled.clock.now = at_h(9)
    position = Position(member="NLD", proposal="proposal_1", stance=Stance.OPPOSE)
    objection = a_position_taken(case_id=heard_in, said_at=at_h(7), position=position)
    other = Desk(filled.store, filled.clock, counted_ids(900))
    filled.desk._pen.store = Meddled(
        filled.store, lambda _: other.say("late", [(case_stream(heard_in), objection)])
    )

    filled.desk.watch()

    assert not filled.case().proposals["proposal_1"].decided.carried


class DeskMachine(RuleBasedStateMachine):
    """Random commands by random people on two desks that share one store."""

    def __init__(self):
        super().__init__()
        self.clock = HandClock(NOW)
        self.store = MemoryStore(self.clock)
        self.ids = counted_ids()
        first = begin_desk(self.store, self.clock, self.ids, name="Drill", administrator=ADA)
        self.desks = [first, Desk(self.store, self.clock, self.ids)]
        self.count, self.said = 0, []

    @initialize()
    def begin(self):
        for person_id, (role, member) in PEOPLE.items():
            if person_id in {"ada", "nobody"}:
                continue
            enrol = EnrolPerson(person_id=person_id, name=person_id, member=member)
            assert self.do(0, "ada", enrol).is_done
            assert self.do(0, "ada", GrantRole(person_id=person_id, role=role)).is_done
        for number in (1, 2):
            opened = OpenCase(title=f"E{number}", hazard="GH0101", host="TUR")
            assert self.do(0, "dora", opened).is_done

    def do(self, which, who, command, acting_for=""):
        self.count += 1
        caller = Caller(who, for_person_id=acting_for)
        before, held = self.store.size(), self.roles_of(acting_for or who)
        outcome = self.desks[which].do(caller, f"k{self.count}", command)
        if outcome.is_done:
            assert held & who_may(command), (who, held, command)
            assert self.store.size() == before + len(outcome.positions)
        else:
            assert self.store.size() == before, (command, outcome)
        self.said.append((caller, f"k{self.count}", command, outcome))
        return outcome

    def roles_of(self, person_id):
        """Roles that a person was ever given in whatever case, by the record alone."""
        held = {"ada": [Role.ADMINISTRATOR]}
        for entry in self.store.stream("people"):
            match decode_fact(entry.kind, entry.body):
                case RoleGranted() | GlassBroken() as fact:
                    held.setdefault(fact.person_id, []).append(fact.role)
                case ShiftHandedOver() as fact:
                    held.setdefault(fact.to_person_id, []).append(fact.role)
        return set(held.get(person_id, []))

    def cases(self):
        return sorted(self.desks[0].refresh().cases)

    @rule(
        which=st.integers(0, 1), who=st.sampled_from(sorted(PEOPLE)), data=st.data(),
        acting_for=st.sampled_from(["", "", "", "dora", "fons"]),
    )  # fmt: skip
    def anybody_asks_anything(self, which, who, data, acting_for):
        case_id = data.draw(st.sampled_from(self.cases()))
        other = data.draw(st.sampled_from(self.cases()))
        person = data.draw(st.sampled_from(sorted(PEOPLE)))
        role = data.draw(st.sampled_from(list(Role)))
        offer_id = data.draw(st.sampled_from(["off_1", "off_2"]))
        member = data.draw(st.sampled_from(["NLD", "DEU"]))
        lot = a_lot(f"{offer_id}-{member}-{case_id}", member=member, packs=3)
        vehicle = a_vehicle(f"v-{offer_id}-{member}-{case_id}", member=member)
        position = Position(member=member, proposal="p", stance=Stance.OPPOSE)
        until_at = data.draw(st.sampled_from([None, at_h(6), at_h(30)]))
        command = data.draw(
            st.sampled_from([
                WriteNote(case_id=case_id, text="n"),
                StateRequest(case_id=case_id, request_id="r1", needs=(a_need(f"n-{case_id}"),)),
                MakeOffer(case_id=case_id, member=member, offer_id=offer_id, lots=(lot,),
                          vehicles=(vehicle,)),
                AnswerOffer(case_id=case_id, offer_id=offer_id, reply=Reply.ACCEPT),
                AnswerOffer(case_id=case_id, offer_id=offer_id, reply=Reply.DECLINE),
                CommitOffer(case_id=case_id, offer_id=offer_id),
                WithdrawOffer(case_id=case_id, offer_id=offer_id, reason="r"),
                GiveConsent(case_id=case_id, consent=a_consent()),
                TakePosition(case_id=case_id, position=position, confidential=True),
                SignPlan(case_id=case_id, plan_id="plan_1"),
                ReleasePlan(case_id=case_id, plan_id="plan_1"),
                ReportMovement(case_id=case_id, milestone=Milestone.LOADED,
                               consignment_id="consignment_1"),
                HandOver(case_id=case_id, consignment_id="consignment_1", packs=1, receiver="x"),
                CloseCase(case_id=case_id, reason="r"),
                ReopenCase(case_id=case_id, reason="r"),
                MergeCases(case_id=case_id, into_case_id=other, reason="r"),
                OpenCase(title="More", hazard="GH0101", host="TUR"),
                GrantRole(person_id=person, role=role, case_id=case_id, until_at=until_at),
                EndRole(person_id=person, role=role),
                NameDeputy(deputy_id=person, until_at=until_at),
                HandOverShift(to_person_id=person, role=role),
                BreakGlass(role=role, case_id=case_id, reason="r"),
            ])
        )  # fmt: skip
        self.do(which, who, command, acting_for)

    @rule(which=st.integers(0, 1), data=st.data())
    def a_plan_is_made(self, which, data):
        case_id = data.draw(st.sampled_from(self.cases()))
        two = data.draw(st.booleans())
        self.desks[which].say(
            f"plan-{case_id}",
            [(case_stream(case_id), a_plan_made(case_id=case_id, two_persons=two))],
        )

    @rule(hours=st.integers(1, 5))
    def time_goes_by(self, hours):
        self.clock.wait(hours=hours)

    @rule(which=st.integers(0, 1))
    def a_desk_looks(self, which):
        self.desks[which].watch()

    @rule(which=st.integers(0, 1), data=st.data())
    def somebody_asks_again(self, which, data):
        caller, key, command, earlier = data.draw(st.sampled_from(self.said))
        if not earlier.is_done:
            return
        before = self.store.size()

        again = self.desks[which].do(caller, key, command)

        assert again.repeated
        assert (again.positions, again.made) == (earlier.positions, earlier.made)
        assert self.store.size() == before

    @invariant()
    def both_boards_are_what_the_record_says(self):
        anew = board_bytes(board_of(self.store.everything()))
        for desk in self.desks:
            assert board_bytes(desk.refresh()) == anew

    @invariant()
    def nothing_on_record_makes_no_sense(self):
        assert self.desks[0].board.oddities == []

    @invariant()
    def every_seq_is_there_once(self):
        for stream, entries in self.store._held.streams.items():
            assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1)), stream


DeskMachine.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestDesk = DeskMachine.TestCase


def test_two_desks_that_take_turns_lose_nothing_and_double_nothing():
    filled = a_filled_desk()
    filled.known("dora", "", {"role": Role.DUTY_OFFICER})
    desks = [filled.desk, Desk(filled.store, filled.clock, counted_ids(700))]

    for number in range(40):
        note = WriteNote(case_id="case_1", text=f"{number}")
        assert desks[number % 2].do(Caller("dora"), f"{number}", note).is_done

    texts = [note.text for note in desks[0].refresh().cases["case_1"].notes]
    assert texts[1:] == [f"{number}" for number in range(40)]
    assert board_bytes(desks[1].refresh()) == board_bytes(catch_up(Board(), filled.store))
