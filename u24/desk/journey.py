"""A request's life, from top to bottom: every command, in the order in which a case lives.

Whoever wants something calls :meth:`Desk.do`. The desk brings its board level with the
record, asks :mod:`u24.desk.policy` whether this person may, asks the rule below what it
means, and writes all of it or nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import RLock

from u24.clock import Clock
from u24.desk.board.state import Board
from u24.desk.clocks import Due, due, propose
from u24.desk.policy import case_streams, judge, place, stands_on
from u24.desk.rules import (
    alarms,
    cases,
    conditions,
    consents,
    corrections,
    differences,
    gates,
    keys,
    movements,
    offers,
    opening,
    people,
    planning,
    proposals,
    requests,
    standing,
)
from u24.desk.rules.planning import why_name_taken
from u24.desk.rules.subjects import family
from u24.desk.saying import (
    ATTEMPTS,
    PEOPLE,
    RECORD,
    Caller,
    Pen,
    Rule,
    Saying,
    Setting,
    asked_of,
    busy,
    command_of,
    copy_of,
    refuse,
)
from u24.domain.commands import cases as on_cases
from u24.domain.commands import decisions as on_decisions
from u24.domain.commands import movements as on_movements
from u24.domain.commands import people as on_people
from u24.domain.commands import plans as on_plans
from u24.domain.commands import requests as on_requests
from u24.domain.commands.command import Command, Outcome, Refusal
from u24.domain.commands.people import EnrolPerson
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.fact import Fact
from u24.domain.facts.people import PersonEnrolled
from u24.domain.facts.record import DESK, LedgerBegun
from u24.errors import Conflict, InvalidInput
from u24.ids import IdMaker
from u24.ledger.heads import publish_head
from u24.ledger.keys import Signer
from u24.ledger.store import Store
from u24.planning import Progress, no_progress

JOURNEY: tuple[tuple[type[Command], Rule], ...] = (
    # Heard: somebody reports that something happened. It opens nothing by itself.
    (on_cases.HearAlert, opening.hear_alert),
    # Opened: three fields, one call sign. Standing offers that fit draft themselves at once.
    (on_cases.OpenCase, opening.open_case),
    (on_cases.AttachAlert, opening.attach_alert),
    # Described: what is known of the ground; what others claim stands beside, never added up.
    (on_cases.DescribeCase, cases.describe_case),
    (on_cases.HearClaim, cases.hear_claim),
    # Requested: the host says what it needs, and may say it anew or no longer.
    (on_requests.StateRequest, requests.state_request),
    (on_requests.WithdrawRequest, requests.withdraw_request),
    (on_requests.AnswerRequest, requests.answer_request),
    # Offered: what members can give, ad hoc or from what they released beforehand.
    (on_requests.ReleaseStandingOffer, standing.release_standing_offer),
    (on_requests.WithdrawStandingOffer, standing.withdraw_standing_offer),
    (on_requests.DraftOffer, standing.draft_offer),
    (on_requests.MakeOffer, offers.make_offer),
    # Answered: the host orders all, a part or nothing. An order may still come to nothing.
    (on_requests.AnswerOffer, offers.answer_offer),
    # Committed: only now the member is bound.
    (on_requests.CommitOffer, offers.commit_offer),
    (on_requests.WithdrawOffer, offers.withdraw_offer),
    # Consented: what the host lets in, in which phases; what it wishes, and what it can run.
    (on_decisions.NamePhase, consents.name_phase),
    (on_decisions.GiveConsent, consents.give_consent),
    (on_decisions.WithdrawConsent, consents.withdraw_consent),
    (on_decisions.NameHostCrews, consents.name_host_crews),
    (on_decisions.StateAsk, consents.state_ask),
    # Decided: where members stand, on which conditions, and what of these has come true. A
    # proposal ends by its rule at its deadline; the desk says how, whoever looks.
    (on_decisions.DeclareCondition, conditions.declare_condition),
    (on_decisions.SayCondition, conditions.say_condition),
    (on_decisions.MakeProposal, proposals.make_proposal),
    (on_decisions.TakePosition, proposals.take_position),
    # Gated: controlled goods move once named officers have said yes, with reasons.
    (on_decisions.AnswerGate, gates.answer_gate),
    # Planned: slow, on the case as it was read. A plan moves nothing.
    (on_plans.MakePlan, planning.make_plan),
    (on_plans.DropPlan, planning.drop_plan),
    # Released: a person says go; two persons where a gate asks for it.
    (on_plans.SignPlan, planning.sign_plan),
    (on_plans.ReleasePlan, planning.release_plan),
    # Moved: milestones of consignments and vehicles; what goes wrong has somebody who looks.
    (on_movements.ReportMovement, movements.report_movement),
    (on_movements.AcknowledgeAlarm, alarms.acknowledge_alarm),
    (on_movements.ClearAlarm, alarms.clear_alarm),
    # Handed over: in the hands of those who need it, with a receipt.
    (on_movements.HandOver, movements.hand_over),
    # Closed: with a reason, and open again if that was too early.
    (on_cases.CloseCase, cases.close_case),
    (on_cases.ReopenCase, cases.reopen_case),
    # At any time: the log book, one case for two, what was said wrongly, what two desks said.
    (on_cases.WriteNote, cases.write_note),
    (on_cases.MergeCases, cases.merge_cases),
    (on_cases.CorrectFact, corrections.correct_fact),
    (on_movements.SettleConflict, differences.settle_conflict),
    # People: who they are, what they may do, who stands in, who comes on duty.
    (on_people.EnrolPerson, people.enrol_person),
    (on_people.GrantRole, people.grant_role),
    (on_people.EndRole, people.end_role),
    (on_people.NameDeputy, people.name_deputy),
    (on_people.EndDeputy, people.end_deputy),
    (on_people.HandOverShift, people.hand_over_shift),
    (on_people.BreakGlass, people.break_glass),
    # Keys, and the clock of the desk.
    (on_people.RegisterKey, keys.register_key),
    (on_people.RotateKey, keys.rotate_key),
    (on_people.RevokeKey, keys.revoke_key),
    (on_people.SetClockBack, keys.set_clock_back),
)
RULES = dict(JOURNEY)
# How long a rewriting of the past could go unseen by those who are given heads.
HEAD_EVERY = timedelta(minutes=10)


class Desk:
    """The only writer. Any number of threads may share one; processes share the store.

    Parameters
    ----------
    store
        The ledger; it has begun, see :func:`begin_desk`.
    signer
        The desk's own key, for what it says by itself.
    heads_file
        Where signed tree heads go, if they are to be published.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ids: IdMaker,
        *,
        signer: Signer | None = None,
        heads_file: Path | None = None,
    ) -> None:
        self._pen = Pen(store, clock, signer)
        self._clock, self._ids, self._signer = clock, ids, signer
        self._heads_file = heads_file
        self._lock = RLock()

    @property
    def store(self) -> Store:
        """The ledger."""
        return self._pen.store

    @property
    def board(self) -> Board:
        """Everything that stood when the record was last read; not to be written to."""
        return self._pen.board

    def refresh(self) -> Board:
        """Read what is new on record."""
        with self._lock:
            return self._pen.refresh()

    def do(
        self, caller: Caller, key: str, command: Command, progress: Progress = no_progress
    ) -> Outcome:
        """Do what a person asks: all of it, once a key; or nothing, with the reason.

        Parameters
        ----------
        key
            The caller's own name for this request. With a key that was used for the same
            before, the earlier outcome comes back and nothing is added.
        progress
            Told how far planning is; everything else is quick.

        Raises
        ------
        StoreUnavailable
            The record cannot be read or written now; ask again with the same key.
        """
        try:
            asked = asked_of(command)
            if isinstance(command, MakePlan):
                return self._do_slowly(caller, key, command, asked, progress)
            return self._do(caller, key, command, asked)
        except InvalidInput as error:
            return Outcome(refusal=refuse("invalid-input", str(error)))

    def say(self, key: str, facts: Sequence[tuple[str, Fact]], asked: bytes = b"") -> Outcome:
        """Put on record what the desk itself found or did; once a key."""
        saying, caller = Saying(facts=tuple(facts)), Caller(DESK)
        command = command_of(caller, key)
        asked = asked or _own_asked(command)
        with self._lock:
            for _ in range(ATTEMPTS):
                self._pen.refresh()
                try:
                    return self._pen.write(command, asked, caller, saying)
                except Conflict as error:
                    last = error
        return Outcome(refusal=busy(last))

    def watch(self) -> list[Outcome]:
        """Do everything that is due now, also what fell due while no desk was running.

        A head of the record is published if there is news and the last one is some time ago.
        """
        done: list[Outcome] = []
        for _ in range(ATTEMPTS):
            fired, is_all = self._fire()
            done += fired
            if is_all and not fired:
                break
        if self._is_head_due():
            self.publish_head()
        return done

    def publish_head(self) -> bool:
        """Sign and give away a tree head, if this desk has a key and a file for it."""
        if self._signer is None or self._heads_file is None:
            return False
        publish_head(self.store, self._signer, self._clock, self._heads_file)
        self.refresh()
        return True

    def _is_head_due(self) -> bool:
        """Whether something was said since the last head, and that one is some time ago."""
        board = self.refresh()
        is_news = board.position > board.head_size + 1  # the head itself is an entry
        return is_news and (board.head_at is None or self._clock() - board.head_at >= HEAD_EVERY)

    def _do(self, caller: Caller, key: str, command: Command, asked: bytes) -> Outcome:
        with self._lock:
            for _ in range(ATTEMPTS):
                if earlier := self._pen.find(command_of(caller, key), asked):
                    return earlier
                self._pen.refresh()
                thought = self._think(caller, command)
                if isinstance(thought, Refusal):
                    return Outcome(refusal=thought)
                try:
                    return self._pen.write(command_of(caller, key), asked, caller, thought)
                except Conflict as error:
                    last = error
        return Outcome(refusal=busy(last))

    def _think(self, caller: Caller, command: Command) -> Saying | Refusal:
        """What the command means now: the case it is about, whether they may, and the rule."""
        setting = self._pen.setting(caller, self._ids)
        found = place(setting.board, command)
        if isinstance(found, Refusal):
            return found
        if refusal := _why_not(found, setting):
            return refusal
        thought = RULES[type(found)](found, setting)
        if isinstance(thought, Refusal):
            return thought
        return replace(thought, reads=(*thought.reads, *_reads(found, setting)))

    def _do_slowly(
        self, caller: Caller, key: str, command: MakePlan, asked: bytes, progress: Progress
    ) -> Outcome:
        """Think once, on a copy, while others go on; then write, whatever they wrote."""
        written_as = command_of(caller, key)
        with self._lock:
            if earlier := self._pen.find(written_as, asked):
                return earlier
            self._pen.refresh()
            setting = self._pen.setting(caller, self._ids)
            found = place(setting.board, command)
            if isinstance(found, Refusal):
                return Outcome(refusal=found)
            if refusal := _why_not(found, setting):
                return Outcome(refusal=refusal)
            board = _apart(setting.board, found.case_id)
            kept = replace(setting, board=board, progress=progress)
        thought = RULES[type(found)](found, kept)
        if isinstance(thought, Refusal):
            return Outcome(refusal=thought)
        return self._write_late(caller, written_as, asked, found, thought)

    def _write_late(
        self, caller: Caller, written_as: str, asked: bytes, command: MakePlan, thought: Saying
    ) -> Outcome:
        with self._lock:
            for _ in range(ATTEMPTS):
                if earlier := self._pen.find(written_as, asked):
                    return earlier
                self._pen.refresh()
                setting = self._pen.setting(caller, self._ids)
                refusal = _why_not(command, setting) or why_name_taken(command, setting)
                if refusal:
                    return Outcome(refusal=refusal)
                reads = _reads(command, setting)
                try:
                    return self._pen.write(written_as, asked, caller, replace(thought, reads=reads))
                except Conflict as error:
                    last = error
        return Outcome(refusal=busy(last))

    def _fire(self) -> tuple[list[Outcome], bool]:
        """Say what is due by the board as it stands, and whether that was all of it.

        It was not where somebody else came between: what is left is to be thought out again.
        """
        with self._lock:
            board, now = self._pen.refresh(), self._clock()
            seqs, fired = dict(board.seqs), []
            listed = due(board, now)
            for one in listed:
                if one.plan is None and (outcome := self._fire_one(one, seqs)):
                    fired.append(outcome)
                elif one.plan is None:
                    return [held for held in fired if not held.repeated], False
        fired += [self._propose(one, now) for one in listed if one.plan is not None]
        return [outcome for outcome in fired if outcome.is_done and not outcome.repeated], True

    def _fire_one(self, one: Due, seqs: dict[str, int]) -> Outcome | None:
        """Say one due thing if nothing changed since ``seqs``, which moves on; None if it did."""
        reads = (PEOPLE, *case_streams(self.board, one.case_id))
        saying = Saying(facts=one.facts, reads=reads)
        command = command_of(Caller(DESK), one.key)
        try:
            outcome = self._pen.write(command, _own_asked(command), Caller(DESK), saying, seqs)
        except Conflict:
            return None
        for stream, _ in () if outcome.repeated else one.facts:
            seqs[stream] = seqs.get(stream, 0) + 1
        return outcome

    def _propose(self, one: Due, now: datetime) -> Outcome:
        """Propose a plan: slow, so on a copy, while others go on."""
        command = command_of(Caller(DESK), one.key)
        with self._lock:
            if earlier := self._pen.find(command, _own_asked(command)):
                return earlier
            apart = _apart(self._pen.refresh(), one.case_id)
        return self.say(one.key, propose(apart, one, now, self._ids))


def begin_desk(  # noqa: PLR0913 - what a ledger is, once
    store: Store,
    clock: Clock,
    ids: IdMaker,
    *,
    name: str,
    administrator: EnrolPerson | PersonEnrolled,
    exercise: bool = False,
    signer: Signer | None = None,
    heads_file: Path | None = None,
) -> Desk:
    """Begin an empty ledger: whose it is, the desk's key, and its first administrator.

    Raises
    ------
    InvalidInput
        The ledger has begun before, or nobody can be called as the administrator is.
    """
    if refusal := people.why_no_name(administrator.person_id):
        raise InvalidInput(refusal.text)
    now = clock()
    facts = (
        LedgerBegun(
            said_at=now, ledger_id=ids("ledger"), name=name, exercise=exercise,
            administrator_id=administrator.person_id,
            public_key_hex=signer.public_key.hex() if signer else "",
        ),
        PersonEnrolled(
            said_at=now, person_id=administrator.person_id, name=administrator.name,
            email=administrator.email, member=administrator.member,
        ),
    )  # fmt: skip
    desk = Desk(store, clock, ids, signer=signer, heads_file=heads_file)
    if store.size():
        raise InvalidInput("the ledger has begun before; open it, or give an empty one")
    done = desk.say("begin", tuple(zip((RECORD, PEOPLE), facts, strict=True)))
    if done.repeated:
        raise InvalidInput("another process began the ledger at this moment; open it")
    return desk


def _why_not(command: Command, setting: Setting) -> Refusal | None:
    """Why this person may not say this, or not with this key."""
    return judge(command, setting) or keys.why_not_signed(command, setting)


def _reads(command: Command, setting: Setting) -> tuple[str, ...]:
    """Whatever else decides whether it may be said: rights, the whole case, the caller's key."""
    read = stands_on(setting.board, command)
    return (*read, RECORD) if setting.caller.signer else read


def _own_asked(command: str) -> bytes:
    """What the desk asks of itself is named by the key alone: it is said once."""
    return sha256(command.encode()).digest()


def _apart(board: Board, case_id: str) -> Board:
    """A board with one case, and those merged into it, that nobody changes while it is read."""
    held = family(board, board.cases[case_id])
    return replace(
        board, seqs=dict(board.seqs), cases={case.case_id: copy_of(case) for case in held}
    )
