"""Write docs/benchmarks.md from benchmarks/results/plan-*.json.

python -m u24.bench.page [--check]
With --check nothing is written, and the exit code is 1 if the page is not up to date.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from u24.bench.machine import REPOSITORY
from u24.bench.results import Machine, Results, best_bound, read_results
from u24.bench.scores import Line, Scored, beyond, lines, score

PAGE = REPOSITORY / "docs" / "benchmarks.md"
RESULTS = REPOSITORY / "benchmarks" / "results"
LOUD = 1.0  # load average from which a machine was busy
TITLES = {
    "S": "S: 15 aircraft, 20 needs, 40 lots",
    "M": "M: 120 aircraft, 200 needs, 1,000 lots",
    "L": "L: 600 aircraft, 1,000 needs, 20,000 lots",
}
HEAD = """# Benchmark: the planner beside its rivals

<!-- Made by u24/bench/page.py from benchmarks/results/plan-*.json. -->

`u24 bench plan` measures, [the command page](reference/cli.md) has its options, and
`python -m u24.bench.page` writes this page. What is compared, and how:

- **Instances** come from one seeded generator on real airports and aircraft classes; their hashes
  are pinned by a test. Of S, odd seeds are short of lift, even seeds of stock. Cases from history
  are measured too, under their names.
- **Contenders.** *by-hand*: the most urgent need, the nearest stock, the aircraft that is there
  first; what is left of the hold takes other goods. *greedy*: the planner's first plan without
  prices. *highs*: a time-expanded programme of groups of equal aircraft in HiGHS, on grids of 60,
  30 and 15 minutes, each with the whole time; the best of the three counts. *cp-sat*: the
  constraint solver of OR-Tools, equal aircraft in order, the plan by hand as hints. *lns*: the
  planner's search alone, no bound, no prices. *hybrid*: the planner.
- **Terms.** Each runs in a process of its own, on two threads and no more than two cores. The
  time counts from the start of the process, reading included; a tenth and a second after the
  limit it is killed. What counts is the last plan it told by then.
- **One checker** scores all, on the clock and not on any grid. A plan that breaks a rule is worth
  nothing.
- **value** is the share of the weighted need met by the first mark. **of bound** is its share of
  the best bound that is proven for the instance, whoever proved it. **own bound** is the
  contender's: that of cp-sat is for its own model only and counts for nobody. **first plan** is
  when the first plan that is worth anything was there. **gap integral** is the primal integral:
  the gap to the best bound, as seconds in which there was nothing at all. Median / worst over the
  instances.
"""
NOTHING = "\nNothing is measured yet.\n"


def list_results(folder: Path = RESULTS) -> list[Results]:
    """All that is measured, in order of file name."""
    return [read_results(file) for file in sorted(folder.glob("plan-*.json"))]


def text(results: Sequence[Results]) -> str:
    """The page."""
    if not results:
        return HEAD + NOTHING
    parts = [HEAD]
    sizes = sorted(
        {held.size for held in results}, key=lambda s: (s not in TITLES, "SML".find(s), s)
    )
    for size in sizes:
        mine = [held for held in results if held.size == size]
        parts.append(f"\n## {TITLES.get(size, size)}\n")
        limits = sorted({held.seconds for held in mine})
        parts += [*(_limit(seconds, mine) for seconds in limits), _instances(mine)]
    parts.append(_machines(results))
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def table_of(results: Sequence[Results], seconds: float) -> tuple[list[Line], list[str]]:
    """Lines of one limit of time, and what is wrong with it.

    The best bound of an instance may have been proven within another limit.
    """
    scored: list[Scored] = []
    wrong: list[str] = []
    for held in results:
        if held.seconds != seconds:
            continue
        bound = best_bound(other for other in results if other.sha256 == held.sha256)
        mine = score(held, bound)
        scored += mine
        wrong += [
            f"{held.instance}: {name} is worth more than the proven bound"
            for name in beyond(mine, bound)
        ]
    return lines(scored), wrong


def cells_of(line: Line) -> tuple[str, ...]:
    """One line as text, in the order of HEADINGS."""
    none = "none" if line.without_plan == line.runs else f"{line.without_plan} without a plan"
    return (
        line.contender,
        f"{100 * line.value:.1f} %",
        _pair(line.of_bound, 100, " %"),
        "-" if line.own_bound is None else f"{100 * line.own_bound:.1f} %",
        _pair(line.first_s, 1, " s") if line.first_s else none,
        _pair(line.gap_s, 1, " s"),
        f"{line.peak_mib:,.0f}",
        f"{line.cpu_s:.1f}",
        f"{line.wall_s:.1f}",
        str(line.infeasible),
    )


HEADINGS = (
    "contender", "value", "of bound", "own bound", "first plan", "gap integral", "peak MiB",
    "CPU s", "wall s", "broken plans",
)  # fmt: skip


def _limit(seconds: float, results: list[Results]) -> str:
    found, wrong = table_of(results, seconds)
    count = len({held.instance for held in results if held.seconds == seconds})
    told = [f"### {seconds:g} s, {count} instance{'s' if count > 1 else ''}", ""]
    told += [_row(HEADINGS), "|---" * len(HEADINGS) + "|", *(_row(cells_of(x)) for x in found)]
    told += ["", *(f"**{fault}.**" for fault in wrong)] if wrong else []
    return "\n".join(told) + "\n"


def _instances(results: list[Results]) -> str:
    rows = [
        _row(("instance", "SHA-256", "sites", "needs", "lots", "vehicles", "best proven bound"))
    ]
    rows.append("|---" * 7 + "|")
    for sha256, name in sorted(
        {(held.sha256, held.instance) for held in results}, key=lambda x: x[1]
    ):
        same = [held for held in results if held.sha256 == sha256]
        bound = best_bound(same)
        held = same[0]
        counts = (f"{n:,}" for n in (held.sites, held.needs, held.lots, held.vehicles))
        told = "-" if bound is None else f"{100 * bound:.2f} %"
        rows.append(_row((name, f"`{sha256[:16]}`", *counts, told)))
    return "\n".join(rows) + "\n"


def _machines(results: Sequence[Results]) -> str:
    """Where it was measured: a line for each different machine, version and commit."""
    found: dict[str, list[float]] = {}
    for held in results:
        for run in held.runs:
            found.setdefault(_machine(run.machine), []).append(run.machine.load_before)
    told = ["## Where it was measured", ""]
    for line, loads in found.items():
        busy = max(loads) >= LOUD
        remark = " The machine was busy with other work: read CPU seconds first." if busy else ""
        told.append(f"- {line} Load average before the runs: {min(loads)} to {max(loads)}.{remark}")
    return "\n".join(told) + "\n"


def _machine(held: Machine) -> str:
    changed = " with changes" if held.changed_since_commit else ""
    packages = ", ".join(f"{name} {version}" for name, version in sorted(held.packages.items()))
    return (
        f"{held.cores} cores ({held.processor}, {held.memory_gib} GiB, {held.system}), Python "
        f"{held.python}, {packages}; commit {held.commit[:10]}{changed}."
    )


def _pair(pair: tuple[float, float] | None, factor: float, unit: str) -> str:
    return "-" if pair is None else f"{factor * pair[0]:.1f} / {factor * pair[1]:.1f}{unit}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    page = text(list_results())
    if parser.parse_args().check:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page:
            sys.exit(f"{PAGE.name} is out of date; run python -m u24.bench.page again")
        return
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
