"""Verdicts as text, for any width: what may be done, what bars it, and who can lift that."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from u24.cli.amounts import some
from u24.cli.faults import plain
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason
from u24.domain.judgement import (
    Choice,
    Comparison,
    Decided,
    Judgement,
    Needed,
    ProposalVerdict,
)
from u24.domain.offers import Lot

MOST_OFFERS = 6  # ids named in one line
MOST_SETS = 3
MOST_NOTES = 4  # reasons that bar nothing, of one proposal
MOST_BARS = 3  # of one group of offers; a controlled good may have fourteen
COLOURS = {
    Permission.NO: "red",
    Permission.NOT_YET: "yellow",
    Permission.WITHIN_LIMITS: "green",
    Permission.YES: "green",
}


class Telling(Enum):
    """How much is told in one view; ``--json`` always tells it all."""

    BARRED = "barred"  # no offers that may move, and the first reasons
    ALL_OFFERS = "all offers"  # the first reasons of each
    ALL_REASONS = "all reasons"


def show_decided(console: Console, case: Case, decided: Decided, telling: Telling) -> None:
    """Print every verdict."""
    for part in decision_parts(case, decided, telling):
        console.print(part, highlight=False)


def decision_parts(
    case: Case, decided: Decided, telling: Telling = Telling.BARRED
) -> Iterator[RenderableType]:
    """The parts of the page in their order, with empty lines between them."""
    judgement = decided.judgement
    titles = {each.proposal_id: each.title for each in case.proposals}
    needed = {each.proposal_id: each for each in decided.needed}
    for verdict in judgement.proposals.values():
        yield from _proposal(verdict, titles.get(verdict.proposal_id, ""), telling)
        if verdict.proposal_id in needed and not verdict.flips:
            yield from _needed(needed[verdict.proposal_id])
        yield ""
    for choice in judgement.choices:
        yield from _choice(choice, {each.ask_id: each.title for each in case.asks})
        yield ""
    yield _offers(case, judgement, telling)
    if decided.comparisons:
        yield _comparisons(decided.comparisons)


def permission_text(permission: Permission) -> Text:
    """A verdict's word in capitals, so that colour is not its only sign."""
    return Text(permission.replace("_", " ").upper(), style=f"bold {COLOURS[permission]}")


def _proposal(verdict: ProposalVerdict, title: str, telling: Telling) -> Iterator[RenderableType]:
    head = Text.assemble((verdict.proposal_id, "bold"), f"  {plain(title)}  ")
    yield head.append_text(permission_text(verdict.permission))
    yield _indented(f"{verdict.decision.rule_id}: {verdict.decision.text}")
    bars = [reason for reason in verdict.reasons if reason.leaves.bars]
    others = [reason for reason in verdict.reasons if not reason.leaves.bars]
    for reason in bars:
        yield _reason(reason, "x")
    shown = others if telling is Telling.ALL_REASONS else others[:MOST_NOTES]
    for reason in shown:
        yield _reason(reason, "-")
    if len(others) > len(shown):
        yield _indented(f"and {len(others) - len(shown)} more remarks that bar nothing")
    if verdict.permission.bars:
        yield from _ways_out(verdict)


def _ways_out(verdict: ProposalVerdict) -> Iterator[RenderableType]:
    if verdict.flips:
        yield _indented(f"one change would do: {some(verdict.flips, MOST_OFFERS, ' or ')}")
    else:
        yield _indented("no single change would do")
    movers = verdict.decision.movers
    if movers.size:
        sets = " or ".join("+".join(names) for names in movers.sets[:MOST_SETS])
        more = f" ({movers.total:,} such sets in all)" if movers.total > MOST_SETS else ""
        yield _indented(f"for the vote alone, {movers.size} must move: {sets}{more}")


def _needed(needed: Needed) -> Iterator[RenderableType]:
    """What would have to be true, where no single change would do."""
    parts = []
    if needed.conditions:
        parts.append(f"{', '.join(needed.conditions)} would have to hold")
    if needed.members:
        parts.append(f"{', '.join(needed.members)} would have to move")
    if needed.until_counted:
        parts.append("the count would have to end")
    if parts:
        yield _indented(f"to be done: {'; and '.join(parts)}")


def _reason(reason: Reason, sign: str) -> Padding:
    told = [reason.text]
    if reason.lifted_by:
        told.append(f"lifted by {reason.lifted_by}{_by(reason.by_at)}")
    if reason.sources:
        told.append(f"[{', '.join(reason.sources)}]")
    return _indented(f"{sign} {'; '.join(told[:2])} {' '.join(told[2:])}".rstrip())


def _by(by_at: datetime | None) -> str:
    return "" if by_at is None else f" by {by_at:%Y-%m-%d %H:%MZ}"


def _indented(text: str) -> Padding:
    return Padding(Text(plain(text)), (0, 0, 0, 2))


def _choice(choice: Choice, titles: dict[str, str]) -> Iterator[RenderableType]:
    head = Text.assemble((choice.ask_id, "bold"), f"  {plain(titles.get(choice.ask_id, ''))}  ")
    yield head.append_text(permission_text(choice.permission))
    for part in choice.tried:
        name = " and ".join(part.subjects)
        line = Text.assemble("  tried ", (name, "bold"), ": ")
        yield line.append_text(permission_text(part.permission))
        for reason in part.reasons:
            if reason.leaves.bars:
                yield Padding(_reason(reason, "x"), (0, 0, 0, 2))
    yield _indented(f"chosen: {', '.join(choice.chosen) or 'none may be done'}")


def _offers(case: Case, judgement: Judgement, telling: Telling) -> RenderableType:
    """Offers with the same member, word and bars in one row."""
    table = Table(
        box=SIMPLE_HEAD, title=_count(judgement), title_justify="left", title_style="bold",
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
    for heading in ("Member", "Offers", "May it?", "Why, and who can lift it"):
        table.add_column(heading, overflow="fold")
    for member, permission, reasons, lots in _groups(case, judgement):
        if telling is not Telling.BARRED or permission.bars:
            names = some([lot.lot_id for lot in lots], MOST_OFFERS)
            table.add_row(
                Text(plain(member)), Text(plain(names)), permission_text(permission),
                _why(reasons, telling),
            )  # fmt: skip
    return table


Group = tuple[str, Permission, tuple[Reason, ...], list[Lot]]


def _groups(case: Case, judgement: Judgement) -> Iterable[Group]:
    found: dict[tuple[str, Permission, tuple[Reason, ...]], list[Lot]] = {}
    for lot in sorted(case.lots, key=lambda lot: (lot.member, lot.lot_id)):
        verdict = judgement.lots[lot.lot_id]
        told = verdict.bars or verdict.reasons
        found.setdefault((lot.member, verdict.permission, told), []).append(lot)
    return [(*key, lots) for key, lots in found.items()]


def _why(reasons: Sequence[Reason], telling: Telling) -> Text:
    lines = []
    shown = reasons if telling is Telling.ALL_REASONS else reasons[:MOST_BARS]
    for reason in shown:
        lifted = f"; lifted by {reason.lifted_by}{_by(reason.by_at)}" if reason.lifted_by else ""
        lines.append(plain(f"{reason.text}{lifted}"))
    if len(reasons) > len(shown):
        lines.append(f"and {len(reasons) - len(shown)} more reasons (u24 decide --all)")
    return Text("\n".join(lines))


def _count(judgement: Judgement) -> str:
    counts = dict.fromkeys(reversed(Permission), 0)
    for verdict in judgement.lots.values():
        counts[verdict.permission] += 1
    told = ", ".join(f"{count} {each.replace('_', ' ')}" for each, count in counts.items())
    return f"Offers: {told}"


def _comparisons(comparisons: Sequence[Comparison]) -> Table:
    same = sum(each.same for each in comparisons)
    table = Table(
        box=SIMPLE_HEAD, title=f"Recorded and computed: {same} of {len(comparisons)} the same",
        title_justify="left", title_style="bold", padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
    for heading in ("As known", "Question", "Recorded", "Computed", "Same?"):
        table.add_column(heading, overflow="fold")
    for each in comparisons:
        at = each.outcome.at
        table.add_row(
            "all" if at is None else f"{at:%Y-%m-%d %H:%MZ}",
            *(
                Text(plain(text.replace(";", ", ")))
                for text in (each.outcome.question, each.outcome.recorded, each.computed)
            ),
            "yes" if each.same else Text("NO", style="bold red"),
        )
    return table
