"""Heard and opened: alerts, call signs, and the offers that draft themselves."""

import re
from datetime import UTC, datetime, timedelta

from u24.desk.board.state import Board, CaseState
from u24.desk.rules.drafting import draft_from, why_not
from u24.desk.rules.subjects import family
from u24.desk.saying import ALERTS, ALLOTTED, Saying, Setting, case_stream, refuse
from u24.domain.commands.cases import AttachAlert, HearAlert, OpenCase
from u24.domain.commands.command import Refusal
from u24.domain.facts.cases import AlertAttached, AlertHeard, CallSignAllotted, CaseOpened

ALIKE_H = 24  # cases of one host and hazard, whose T0 are no farther apart, may be one
MOST_HORIZON_H = 24 * 28
EARLIEST_T0 = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD_D = 366


def hear_alert(command: HearAlert, setting: Setting) -> Saying | Refusal:
    """What a feed or a person reports; heard again with the same id, it replaces."""
    alert_id = command.alert_id or setting.ids("alert")
    before = setting.board.alert_cases.get(alert_id, "")
    if before and before not in _family_ids(setting.board, command.case_id):
        held = setting.board.cases[before].call_sign
        return refuse("alert-has-case", f"alert {alert_id} belongs to {held}; hear it there")
    fact = AlertHeard(
        said_at=setting.now, alert_id=alert_id, source=command.source, title=command.title,
        hazard=command.hazard, country=command.country, event_at=command.event_at,
        lat_deg=command.lat_deg, lon_deg=command.lon_deg, event_names=command.event_names,
        claims=command.claims, case_id=command.case_id, raw_sha256=command.raw_sha256,
        text=command.text,
    )  # fmt: skip
    stream = case_stream(command.case_id) if command.case_id else ALERTS
    return Saying(facts=((stream, fact),), reads=(ALERTS, ALLOTTED))


def attach_alert(command: AttachAlert, setting: Setting) -> Saying | Refusal:
    """An alert belongs to a case; attached anew, it leaves the one before."""
    board = setting.board
    if command.alert_id not in board.alerts:
        return refuse("unknown-alert", f"no alert {command.alert_id} was heard; hear it first")
    before = board.alert_cases.get(command.alert_id, "")
    if before == command.case_id:
        call_sign = board.cases[before].call_sign
        return refuse("alert-has-case", f"alert {command.alert_id} belongs to {call_sign} already")
    fact = AlertAttached(said_at=setting.now, alert_id=command.alert_id, case_id=command.case_id)
    # In one stream for all cases, so that two desks do not attach it to two.
    return Saying(facts=((ALERTS, fact),), reads=(ALLOTTED, case_stream(command.case_id)))


def open_case(command: OpenCase, setting: Setting) -> Saying | Refusal:
    """Begin a case: a call sign, T0, and an offer from every standing one that fits."""
    board = setting.board
    if refusal := _why_no_case(command, board):
        return refusal
    alert = board.alerts.get(command.alert_id)
    t0_at = command.t0_at or (alert.event_at if alert else None) or setting.now
    if refusal := why_no_t0(t0_at, setting.now):
        return refusal
    case_id, call_sign = setting.ids("case"), _next_call_sign(board, setting.now.year)
    opened = CaseOpened(
        said_at=setting.now, case_id=case_id, call_sign=call_sign, title=command.title,
        hazard=command.hazard, host=command.host, t0_at=t0_at, alert_id=command.alert_id,
        horizon_h=command.horizon_h, estimate_needs=command.estimate_needs,
        summary=command.summary,
    )  # fmt: skip
    allotted = CallSignAllotted(said_at=setting.now, case_id=case_id, call_sign=call_sign)
    stream = case_stream(case_id)
    drafted = [
        (stream, draft_from(standing.fact, setting, case_id=case_id, call_sign=call_sign))
        for standing in board.standing.values()
        if not why_not(standing, command.hazard, command.host, setting.now)
    ]
    return Saying(
        facts=((ALLOTTED, allotted), (stream, opened), *drafted),
        reads=(ALERTS,) if command.alert_id else (),
        hints=tuple(_alike(case) for case in board.cases.values() if _is_alike(case, opened)),
    )


def why_no_opening(said: OpenCase | CaseOpened) -> Refusal | None:
    """Why a case cannot be opened with these words, whatever else is on the board."""
    if not (said.title.strip() and said.hazard.strip()):
        return refuse("empty", "title or hazard is empty; say what happened and of which kind")
    if not 1 <= said.horizon_h <= MOST_HORIZON_H:
        text = f"horizon_h is {said.horizon_h}; it must be 1 .. {MOST_HORIZON_H}"
        return refuse("no-horizon", text)
    return None


def why_no_t0(t0_at: datetime, now: datetime) -> Refusal | None:
    """Refuse a T0 that can only be a slip of the pen; past emergencies are played again."""
    latest_at = now + timedelta(days=AHEAD_D)
    if EARLIEST_T0 <= t0_at <= latest_at:
        return None
    text = (
        f"t0_at is {t0_at.isoformat()}; it must be {EARLIEST_T0:%Y-%m-%d} .. {latest_at:%Y-%m-%d}"
    )
    return refuse("no-moment", text)


def _why_no_case(command: OpenCase, board: Board) -> Refusal | None:
    if refusal := why_no_opening(command):
        return refusal
    if not (len(command.host) == 3 and command.host.isascii() and command.host.isupper()):
        text = f"host is {command.host!r}; give the country as three letters, e.g. TUR"
        return refuse("no-country", text)
    if command.alert_id and command.alert_id not in board.alerts:
        return refuse("unknown-alert", f"no alert {command.alert_id} was heard; hear it first")
    held = board.alert_cases.get(command.alert_id, "")
    if held:
        call_sign = board.cases[held].call_sign
        return refuse("alert-has-case", f"alert {command.alert_id} belongs to {call_sign}")
    return None


def _family_ids(board: Board, case_id: str) -> set[str]:
    """The case, and all that are one with it; none if there is no such case."""
    case = board.cases.get(case_id)
    return {one.case_id for one in family(board, case)} if case else set()


def _next_call_sign(board: Board, year: int) -> str:
    """One more than the highest of the year: U24-2026-014; EX- before it in an exercise."""
    prefix = f"{'EX-' if board.exercise else ''}U24-{year}-"
    numbered = re.compile(rf"{prefix}([0-9]{{3,9}})")
    found = filter(None, map(numbered.fullmatch, board.call_signs))
    return f"{prefix}{max((int(one[1]) for one in found), default=0) + 1:03d}"


def _is_alike(case: CaseState, opened: CaseOpened) -> bool:
    return (
        (case.host, case.hazard) == (opened.host, opened.hazard)
        and not (case.closed or case.merged_into)
        and abs(case.t0_at - opened.t0_at) <= timedelta(hours=ALIKE_H)
    )


def _alike(case: CaseState) -> str:
    return (
        f"{case.call_sign} ({case.title}) is open for the same host and hazard within "
        f"{ALIKE_H} h; if they are one emergency, merge this case into it"
    )
