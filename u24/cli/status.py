"""``u24 status``: what stands now."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import click

from u24.cli.at_home import caller_of, desk_at, home_of, home_options, person_option
from u24.cli.faults import REFUSED, plain, write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.desk.board.state import Board, CaseState
from u24.desk.status import CaseStatus, status_of
from u24.domain.commands.command import Refusal
from u24.wire.answer import document_json

HOUR = timedelta(hours=1)


@click.command()
@click.argument("case", required=False)
@person_option
@home_options
@json_option
def status(
    case: str | None, person_id: str, home: Path | None, exercise: bool, as_json: bool
) -> None:
    """Show every open case, or each line of CASE (its call sign): asked, planned, delivered.

    Example:  u24 status U24-2026-014 --as ana
    """
    now = system_clock()
    with desk_at(home, exercise=exercise) as desk:
        board = desk.board
        if case is None:
            lines = [_summary(held, now) for held in board.cases.values() if not held.merged_into]
            found: CaseStatus | Refusal | None = None
        else:
            caller = caller_of(person_id, home_of(home, exercise=exercise))
            found = status_of(board, case, caller.person_id, now)
    if isinstance(found, Refusal):
        click.echo(f"refused ({found.code}): {found.text}", err=True)
        raise SystemExit(REFUSED)
    if found is None:
        _show_all(board, lines, as_json=as_json)
    elif as_json:
        write_bytes(document_json({"format": 1, **asdict(found)}))
    else:
        click.echo("\n".join(map(plain, _lines(found, now))))


def _show_all(board: Board, lines: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        write_bytes(document_json({"format": 1, "exercise": board.exercise, "cases": lines}))
        return
    mark = "EXERCISE  " if board.exercise else ""
    for line in lines:
        told = (
            f"{mark}{line['call_sign']}  {line['since']}  {line['title']}, {line['host']}: "
            f"{line['requests']} requests, {line['offers_waiting']} offers wait, "
            f"{line['alarms']} alarms, plan {line['plan']}{line['closed']}"
        )
        click.echo(plain(told))
    if not lines:
        click.echo(f"{mark}no case yet:  u24 ask open-case title=... hazard=... host=...")


def _summary(case: CaseState, now: datetime) -> dict[str, object]:
    waiting = [o for o in case.offers.values() if o.reply is None and not o.withdrawn]
    alarms = [a for a in case.alarms.values() if not a.cleared]
    plan = case.plans.get(case.released_plan_id)
    return {
        "call_sign": case.call_sign,
        "title": case.title,
        "host": case.host,
        "since": _since(case.t0_at, now),
        "requests": sum(not request.withdrawn for request in case.requests.values()),
        "offers_waiting": len(waiting),
        "alarms": len(alarms),
        "plan": "none released" if plan is None else f"{plan.fact.met_shares[0]:.0%} by the mark",
        "closed": f", closed: {case.closed}" if case.closed else "",
    }


def _since(t0_at: datetime, now: datetime) -> str:
    minutes = int((now - t0_at) / HOUR * 60)
    return f"T{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _lines(found: CaseStatus, now: datetime) -> Iterator[str]:
    mark = "EXERCISE  " if found.exercise else ""
    yield f"{mark}{found.call_sign}  {_since(found.t0_at, now)}  {found.title}, {found.host}"
    if found.closed:
        yield f"closed: {found.closed}"
    for request in found.requests:
        yield f"request {request.request_id} of {request.asked_at:%Y-%m-%d %H:%MZ}"
        for line in request.lines:
            came = "?" if line.delivered_units is None else f"{line.delivered_units:,.0f}"
            yield (
                f"  {line.state:14} {line.kind} at {line.place_id}: "
                f"{came} of {line.asked_units:,} handed over"
            )
    if not found.requests:
        yield "no request yet"
