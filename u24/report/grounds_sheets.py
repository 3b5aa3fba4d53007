"""What the answer stands on: facts and assumptions counted, sources, tables, the checker."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from u24.domain.answer import Answer
from u24.domain.figures import Basis, Source
from u24.domain.grounds import count_grounds, grounds_by_subject
from u24.reference.sources import list_sources
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import UNKNOWN, counted, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """The sources in order; every key that the answer names has a number from 1 on."""

    sources: tuple[Source, ...]
    numbers: dict[str, int]

    def anchor(self, key: str) -> str:
        """The id of a source in the list."""
        return f"source-{self.numbers[key]}"


def citations(answer: Answer, sheets: Iterable[Sheet]) -> Citations:
    """The case's sources, then any other that a row names, titled from the reference."""
    known = {source.key: source for source in answer.case.sources}
    shipped = {source.source_id: source for source in list_sources()}
    named = (
        key for sheet in sheets for each in sheet.rows for cell in each for key in cell.sources
    )
    for key in dict.fromkeys(named):
        if key not in known:
            found = shipped.get(key)
            title = found.title if found else key
            url, date = (found.url or "", found.date or "") if found else ("", "")
            known[key] = Source(key=key, title=title, url=url, date=date)
    numbers = {key: i for i, key in enumerate(known, start=1)}
    return Citations(sources=tuple(known.values()), numbers=numbers)


def counts_line(answer: Answer) -> str:
    """Both counts in one sentence."""
    total = count_grounds(answer)
    facts = total[Basis.FACT] + total[Basis.STATED]
    return (
        f"The plan stands on {counted(facts, 'fact', 'facts')} "
        f"({number(total[Basis.FACT])} from sources, {number(total[Basis.STATED])} stated by the "
        f"host or a member), {counted(total[Basis.ESTIMATED], 'estimate', 'estimates')} and "
        f"{counted(total[Basis.ASSUMED], 'assumption', 'assumptions')}."
    )


def grounds_sheet(answer: Answer) -> Sheet:
    """Facts and assumptions counted apart."""
    rows = []
    for name, group in grounds_by_subject(answer).items():
        found = Counter(grounds.basis for grounds in group)
        if group:
            rows.append(row(name, *(number(found[basis]) for basis in Basis), number(len(group))))
    assumed = sorted({a for c in answer.problem.classes for a in c.assumed})
    note = f"Assumed planning figures of vehicle classes: {', '.join(assumed)}." if assumed else ""
    return Sheet(
        key="grounds",
        title="Facts and assumptions",
        caption=counts_line(answer),
        columns=("Rows", "Fact", "Stated", "Estimated", "Assumed", "All"),
        rows=tuple(rows),
        figures=frozenset(range(1, 6)),
        shares=(2.4, 1, 1, 1, 1, 1),
        note=note,
    )


def tables_sheet(answer: Answer) -> Sheet:
    """Which file and version of each reference table was used."""
    return Sheet(
        key="tables",
        title="Tables used",
        caption="Reference tables as used: file, version and checksum",
        columns=("Table", "File", "Version", "Source", "Licence", "SHA-256"),
        rows=tuple(
            row(use.table, use.file, use.version or UNKNOWN, use.source, use.licence, use.sha256)
            for use in answer.tables
        ),
        shares=(0.8, 1.2, 1, 1.5, 1.2, 2),
        empty="No reference table is on the record.",
    )


def verdict_line(answer: Answer) -> str:
    """What the checker says of the plan."""
    broken = len(answer.violations)
    if not broken:
        return "The independent checker finds every rule kept: violations none."
    return (
        f"The independent checker refuses this plan: {counted(broken, 'violation', 'violations')}."
    )


def verdict_sheet(answer: Answer) -> Sheet:
    """Every broken rule."""
    return Sheet(
        key="verdict",
        title="The checker's verdict",
        caption=verdict_line(answer),
        columns=("Rule", "Where", "In words"),
        rows=tuple(row(each.rule, each.where, Cell(text=each.text)) for each in answer.violations),
        shares=(1, 1.2, 3),
        empty=verdict_line(answer),
    )
