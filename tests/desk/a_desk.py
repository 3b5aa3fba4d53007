"""A desk in memory, with people and a case in which every command has something to act on."""

from datetime import timedelta

from tests.builders import T0, a_lot, a_vehicle, at_h
from tests.facts import (
    a_call_sign_allotted,
    a_case_described,
    a_case_opened,
    a_conflict_noted,
    a_consent_given,
    a_note_written,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    a_proposal_made,
    a_request_stated,
    a_standing_offer_released,
    an_alarm_raised,
    an_alert_heard,
    an_offer_answered,
    an_offer_made,
)
from u24.desk.journey import Desk, begin_desk
from u24.desk.saying import ALERTS, ALLOTTED, PEOPLE, Caller, case_stream, copy_of
from u24.domain.commands.people import EnrolPerson, GrantRole
from u24.domain.facts.people import EVERY_CASE, DeputyNamed, PersonEnrolled, RoleGranted
from u24.ids import counted_ids
from u24.ledger.memory import MemoryStore
from u24.ledger.store import Store

NOW = at_h(5)


class HandClock:
    """Shows what it is set to."""

    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now

    def wait(self, **span):
        self.now += timedelta(**span)


class Meddled:
    """A store in which somebody else writes, just before each of the first appends."""

    def __init__(self, store, meddle, times=1):
        self._store, self._meddle, self.left = store, meddle, times

    def __getattr__(self, name):
        return getattr(self._store, name)

    def append(self, submission):
        if self.left > 0:
            self.left -= 1
            self._meddle(self.left)
        return self._store.append(submission)


class ADesk:
    """A desk whose administrator is ``ada``."""

    def __init__(self, now=NOW, *, exercise=False, store: Store | None = None, signer=None):
        self.clock = HandClock(now)
        self.store = store or MemoryStore(self.clock)
        self.ids = counted_ids()
        self.desk = begin_desk(
            self.store, self.clock, self.ids, name="Drill", exercise=exercise, signer=signer,
            administrator=EnrolPerson(person_id="ada", name="Ada"),
        )  # fmt: skip
        self.count = 0

    @property
    def board(self):
        return self.desk.board

    def case(self, case_id="case_1"):
        return self.board.cases[case_id]

    def ask(self, who, command, *, key="", acting_for="", signer=None):
        """What the desk answers, done or not."""
        self.count += 1
        caller = Caller(who, signer=signer, for_person_id=acting_for)
        return self.desk.do(caller, key or f"key-{self.count}", command)

    def do(self, who, command, **values):
        outcome = self.ask(who, command, **values)
        assert outcome.is_done, (who, command, outcome.refusal)
        return outcome

    def refused(self, who, command, **values):
        """The refusal; nothing may be on record of it."""
        before = self.store.size()
        outcome = self.ask(who, command, **values)
        assert outcome.refusal is not None, (who, command, outcome)
        assert self.store.size() == before
        return outcome.refusal

    def say(self, *facts, stream=None):
        self.count += 1
        told = tuple((stream or case_stream(fact.case_id), fact) for fact in facts)
        assert self.desk.say(f"said-{self.count}", told).is_done

    def enrol(self, person_id, role, member="", case_id=EVERY_CASE):
        self.do("ada", EnrolPerson(person_id=person_id, name=person_id.title(), member=member))
        if role is not None:
            self.do("ada", GrantRole(person_id=person_id, role=role, case_id=case_id))

    def known(self, person_id, member="", *grants):
        """Put a person on record with grants as they are given, past ones too."""
        self.say(
            PersonEnrolled(said_at=T0, person_id=person_id, name=person_id, member=member),
            *(RoleGranted(said_at=T0, person_id=person_id, **grant) for grant in grants),
            stream=PEOPLE,
        )

    def deputy(self, person_id, deputy_id, until_at=None):
        self.say(
            DeputyNamed(said_at=T0, person_id=person_id, deputy_id=deputy_id, until_at=until_at),
            stream=PEOPLE,
        )

    def fork(self):
        """The same desk, to try something on: what is done there stays there."""
        twin = object.__new__(ADesk)
        twin.clock, twin.ids, twin.count = HandClock(self.clock.now), self.ids, self.count
        twin.store = MemoryStore(twin.clock)
        mine, theirs = self.store._held, twin.store._held
        theirs.entries = list(mine.entries)
        theirs.streams = {name: list(held) for name, held in mine.streams.items()}
        theirs.commands = dict(mine.commands)
        theirs.kept = {level: list(held) for level, held in mine.kept.items()}
        twin.desk = Desk(twin.store, twin.clock, twin.ids)
        twin.desk._pen.board = copy_of(self.board)
        return twin


def a_filled_case(desk, case_id="case_1", number=1):
    """A case of Türkiye in full swing, said by the desk itself; the note is its first entry."""
    call_sign = f"U24-2023-{number:03d}"
    desk.say(a_call_sign_allotted(case_id=case_id, call_sign=call_sign), stream=ALLOTTED)
    desk.say(a_case_opened(case_id, call_sign=call_sign))
    desk.say(a_note_written(case_id=case_id))
    desk.say(
        a_case_described(case_id=case_id),
        a_request_stated(case_id=case_id),
        an_offer_made(case_id=case_id),
        an_offer_answered(case_id=case_id),
        an_offer_made(
            "offer_waits",
            case_id=case_id,
            lots=(a_lot("lot_2", packs=4),),
            vehicles=(a_vehicle("lift_2/1"),),
        ),
        an_offer_made(
            "offer_gated",
            case_id=case_id,
            lots=(a_lot("lot_gated", kind="cbrn_mask", packs=4),),
            vehicles=(),
        ),
        a_consent_given(case_id=case_id),
        a_proposal_made(case_id=case_id, deadline_at=at_h(8)),
        a_plan_made("plan_out", case_id=case_id, lines=(a_plan_line(packs=4),)),
        a_plan_released("plan_out", case_id=case_id),
        a_plan_made("plan_new", case_id=case_id, lines=(a_plan_line(packs=4),)),
        an_alarm_raised(case_id=case_id, for_person_id=""),
        a_conflict_noted(case_id=case_id),
    )


def a_filled_desk():
    """Three filled cases, an alert that belongs to none of them, and a standing offer."""
    desk = ADesk()
    desk.say(a_standing_offer_released(), stream=ALLOTTED)
    desk.say(an_alert_heard(), stream=ALERTS)
    for number, case_id in enumerate(("case_1", "case_2", "case_3"), 1):
        a_filled_case(desk, case_id, number)
    return desk
