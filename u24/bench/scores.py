"""What runs are worth beside each other: shares of the best proven bound, times, medians."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from u24.bench.results import Results, Run

GRIDS = ("highs-60", "highs-30", "highs-15")
BEST_GRID = "highs"
ORDER = ("by-hand", "greedy", BEST_GRID, "cp-sat", "lns", "hybrid")
SMALL = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A run beside the best proven bound. ``of_bound_share`` is None where nothing is proven.

    ``gap_s`` is the primal integral: the gap to the bound, integrated over the limit.
    """

    run: Run
    instance: str
    of_bound_share: float | None
    first_s: float | None
    gap_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contender over all instances of a size within one limit of time."""

    contender: str
    runs: int
    value: float  # median
    of_bound: tuple[float, float] | None  # median, worst
    own_bound: float | None  # median
    first_s: tuple[float, float] | None  # median, worst; None: some run had no plan at all
    gap_s: tuple[float, float] | None
    peak_mib: float  # most
    cpu_s: float  # median
    wall_s: float
    without_plan: int
    infeasible: int


def score(results: Results, bound: float | None) -> list[Scored]:
    """Every run, those of the three grids as their best one, in a fixed order."""
    runs = [run for run in results.runs if run.contender not in GRIDS]
    seeds = sorted({run.seed for run in results.runs if run.contender in GRIDS})
    for seed in seeds:
        of_grids = [run for run in results.runs if run.contender in GRIDS and run.seed == seed]
        best = max(of_grids, key=lambda run: run.value)
        proven = [run.bound_share for run in of_grids if run.bound_holds]
        own = next((share for share in proven if share is not None), None)
        runs.append(replace(best, contender=BEST_GRID, bound_share=own))
    found = [_scored(run, results, bound) for run in runs]
    return sorted(found, key=lambda scored: (_place(scored.run.contender), scored.run.seed))


def beyond(scored: Iterable[Scored], bound: float | None) -> list[str]:
    """Contenders whose plan is worth more than the proven bound: then a proof is wrong."""
    limit = 1.0 if bound is None else bound
    return [s.run.contender for s in scored if s.run.value > limit + SMALL]


def lines(scored: Sequence[Scored]) -> list[Line]:
    """One line for each contender."""
    names = dict.fromkeys(s.run.contender for s in scored)
    ordered = sorted(names, key=_place)
    return [_line(name, [s for s in scored if s.run.contender == name]) for name in ordered]


def _scored(run: Run, results: Results, bound: float | None) -> Scored:
    first = next((point.at_s for point in run.points if point.value > 0), None)
    if not bound:
        return Scored(
            run=run, instance=results.instance, of_bound_share=None, first_s=first, gap_s=None
        )  # fmt: skip
    gap_s, since_s, value = 0.0, 0.0, 0.0
    for at_s, next_value in [*((p.at_s, p.value) for p in run.points), (results.seconds, 0.0)]:
        until_s = min(at_s, results.seconds)
        gap_s += max(0.0, until_s - since_s) * max(0.0, 1 - value / bound)
        since_s, value = until_s, next_value
    return Scored(
        run=run,
        instance=results.instance,
        of_bound_share=run.value / bound,
        first_s=first,
        gap_s=gap_s,
    )


def _line(name: str, scored: list[Scored]) -> Line:
    runs = [s.run for s in scored]
    shares = [s.of_bound_share for s in scored if s.of_bound_share is not None]
    gaps = [s.gap_s for s in scored if s.gap_s is not None]
    firsts = [s.first_s for s in scored if s.first_s is not None]
    own = [run.bound_share for run in runs if run.bound_share is not None]
    return Line(
        contender=name,
        runs=len(runs),
        value=median(run.value for run in runs),
        of_bound=(median(shares), min(shares)) if shares else None,
        own_bound=median(own) if own else None,
        first_s=(median(firsts), max(firsts)) if len(firsts) == len(runs) else None,
        gap_s=(median(gaps), max(gaps)) if gaps else None,
        peak_mib=max(run.peak_mib for run in runs),
        cpu_s=median(run.cpu_s for run in runs),
        wall_s=median(run.wall_s for run in runs),
        without_plan=len(runs) - len(firsts),
        infeasible=sum(bool(run.violations) for run in runs),
    )


def _place(contender: str) -> tuple[int, str]:
    return (ORDER.index(contender) if contender in ORDER else len(ORDER), contender)
