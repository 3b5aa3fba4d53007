"""A whole comparison: every contender on every instance, one after the other."""

from collections.abc import Iterator, Sequence

from u24.bench.contenders import NAMES
from u24.bench.instances import Instance, instance_sha256
from u24.bench.machine import this_machine
from u24.bench.measure import Progress, Terms, measure
from u24.bench.results import Results, Run
from u24.bench.scores import BEST_GRID, GRIDS
from u24.bench.sizes import NAMES as SIZES
from u24.clock import Clock
from u24.errors import InvalidInput

CHOICES = (*(name for name in NAMES if name not in GRIDS), BEST_GRID, *GRIDS)


def runs_of(contenders: Sequence[str]) -> list[str]:
    """The runs that these contenders need: ``highs`` is one on each grid; none named: all.

    Raises
    ------
    InvalidInput
        There is no such contender.
    """
    found: list[str] = []
    for name in contenders or NAMES:
        if name not in CHOICES:
            raise InvalidInput(f"contender is {name!r}; it must be one of {', '.join(CHOICES)}")
        found += GRIDS if name == BEST_GRID else (name,)
    return list(dict.fromkeys(found))


def compare(
    instance: Instance, contenders: Sequence[str], terms: Terms, clock: Clock, progress: Progress
) -> Iterator[Results]:
    """Measure the contenders on one instance; gives the results so far after each run."""
    problem = instance.problem
    size = instance.name.partition("-")[0]
    runs: list[Run] = []
    names = runs_of(contenders)
    for number, name in enumerate(names, 1):

        def told(stage: str, done: float, total: float, number: int = number) -> None:
            progress(f"{instance.name} {stage}, run {number} of {len(names)}", done, total)

        runs.append(measure(instance, name, terms, this_machine(clock), told))
        yield Results(
            instance=instance.name,
            sha256=instance_sha256(instance),
            size=size if size in SIZES else instance.name,
            seconds=terms.seconds,
            sites=len(problem.sites),
            needs=len(problem.needs),
            lots=len(problem.lots),
            vehicles=len(problem.vehicles),
            runs=tuple(runs),
        )
