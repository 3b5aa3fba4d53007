"""May we? Proposals with what bars them, alternatives, offers held back, history beside."""

from collections.abc import Iterable

from u24.domain.answer import Answer
from u24.domain.consent import Permission, Reason
from u24.domain.judgement import Decided, Needed, ProposalVerdict
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import UNKNOWN, clock, counted, listed, plain

MOST_ROWS = 60


def decision_sheets(answer: Answer) -> tuple[Sheet, ...]:
    """The tables of the section; none where the case asks the members nothing."""
    decided = answer.decided
    if decided is None or not (answer.case.proposals or answer.case.asks or decided.comparisons):
        return ()
    sheets = [_proposals(answer, decided), _barred_proposals(decided)]
    if answer.case.asks:
        sheets.append(_asks(answer, decided))
    sheets.append(_held_back(answer, decided))
    if decided.comparisons:
        sheets.append(_comparisons(decided))
    return tuple(sheets)


def _word(permission: Permission) -> str:
    return plain(permission).upper()


def _proposals(answer: Answer, decided: Decided) -> Sheet:
    proposals = {each.proposal_id: each for each in answer.case.proposals}
    needed = {each.proposal_id: each for each in decided.needed}
    rows = []
    for verdict in decided.judgement.proposals.values():
        proposal = proposals[verdict.proposal_id]
        rows.append(
            row(
                Cell(text=proposal.title, sources=proposal.grounds.sources),
                _word(verdict.permission),
                f"{verdict.decision.rule_id}: {verdict.decision.text}",
                _way_out(verdict, needed.get(verdict.proposal_id)),
            )
        )
    return Sheet(
        key="proposals",
        title="Proposals",
        caption="What was proposed, and whether it may be done",
        columns=("Proposal", "May it?", "By which rule, and the count", "What would turn it"),
        rows=tuple(rows),
        shares=(2, 0.8, 2.6, 2.2),
        empty="Nothing was proposed.",
    )


def _way_out(verdict: ProposalVerdict, needed: Needed | None) -> str:
    if not verdict.permission.bars:
        return UNKNOWN
    if verdict.flips:
        return " or ".join(verdict.flips)
    told = ["no single change"]
    if needed and needed.conditions:
        told.append(f"{listed(needed.conditions)} would have to hold")
    if needed and needed.members:
        told.append(f"{listed(needed.members)} would have to move")
    return "; ".join(told)


def _barred_proposals(decided: Decided) -> Sheet:
    rows = [
        _reason_row(verdict.proposal_id, reason)
        for verdict in decided.judgement.proposals.values()
        for reason in verdict.reasons
    ]
    return Sheet(
        key="proposal-reasons",
        title="Every reason",
        caption="What weighs for or against each proposal, and who could lift it",
        columns=("Proposal", "Leaves", "Reason", "Who can lift it, and by when"),
        rows=tuple(rows[:MOST_ROWS]),
        shares=(1.2, 0.8, 3, 1.8),
        note=_left_out(len(rows), "reasons"),
    )


def _reason_row(subject: str, reason: Reason) -> tuple[Cell, ...]:
    return row(
        subject,
        _word(reason.leaves),
        Cell(text=reason.text, sources=reason.sources),
        _lifted((reason,)),
    )


def _lifted(reasons: Iterable[Reason]) -> str:
    told = [
        reason.lifted_by + (f" by {clock(reason.by_at)}" if reason.by_at else "")
        for reason in reasons
        if reason.lifted_by
    ]
    return "; ".join(dict.fromkeys(told)) or UNKNOWN


def _asks(answer: Answer, decided: Decided) -> Sheet:
    titles = {each.ask_id: each.title for each in answer.case.asks}
    rows = []
    for choice in decided.judgement.choices:
        for part in choice.tried:
            bars = [reason for reason in part.reasons if reason.leaves.bars]
            rows.append(
                row(
                    titles.get(choice.ask_id, choice.ask_id),
                    " and ".join(part.subjects),
                    _word(part.permission),
                    "; ".join(reason.text for reason in bars) or UNKNOWN,
                )
            )
        rows.append(
            row(titles.get(choice.ask_id, choice.ask_id), "chosen", _word(choice.permission),
                listed(choice.chosen))
        )  # fmt: skip
    return Sheet(
        key="asks",
        title="Alternatives",
        caption="What was asked for, in order of preference, and what may be done",
        columns=("Asked", "Tried", "May it?", "Why not"),
        rows=tuple(rows),
        shares=(1.6, 1.2, 0.8, 3),
    )


def _held_back(answer: Answer, decided: Decided) -> Sheet:
    groups: dict[tuple[str, Permission, tuple[Reason, ...]], list[str]] = {}
    for lot in sorted(answer.case.lots, key=lambda lot: (lot.member, lot.lot_id)):
        verdict = decided.judgement.lots[lot.lot_id]
        if verdict.permission.bars:
            key = (lot.member, verdict.permission, verdict.bars or verdict.reasons)
            groups.setdefault(key, []).append(lot.lot_id)
    count = sum(map(len, groups.values()))
    rows = [
        row(member, listed(tuple(lots)), _word(permission),
            "; ".join(reason.text for reason in reasons), _lifted(reasons))
        for (member, permission, reasons), lots in groups.items()
    ]  # fmt: skip
    return Sheet(
        key="held-back",
        title="Offers that may not move, or not yet",
        caption=f"{counted(count, 'offer', 'offers')} of {len(answer.case.lots)} held back",
        columns=("Member", "Offers", "May it?", "Why", "Who can lift it, and by when"),
        rows=tuple(rows[:MOST_ROWS]),
        shares=(0.7, 1.8, 0.8, 2.6, 1.6),
        empty="Every offer may move.",
        note=_left_out(len(rows), "groups of offers"),
    )


def _comparisons(decided: Decided) -> Sheet:
    same = sum(each.same for each in decided.comparisons)
    rows = [
        row(
            Cell(text=each.outcome.question, sources=each.outcome.grounds.sources),
            clock(each.outcome.at) if each.outcome.at else "all on record",
            each.outcome.recorded.replace(";", ", "),
            each.computed.replace(";", ", "),
            "yes" if each.same else "NO",
        )
        for each in decided.comparisons
    ]
    return Sheet(
        key="recorded",
        title="Recorded and computed",
        caption=f"{same} of {len(rows)} recorded outcomes are computed the same",
        columns=("Question", "As known", "Recorded", "Computed", "Same?"),
        rows=tuple(rows),
        shares=(2.4, 1.1, 1.6, 1.6, 0.6),
    )


def _left_out(count: int, what: str) -> str:
    left = count - MOST_ROWS
    return f"The first {MOST_ROWS} are shown; {left} more {what} follow." if left > 0 else ""
