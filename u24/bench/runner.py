"""One contender in a process of its own: reads the instance, tells of plans on standard output.

python -m u24.bench.runner INSTANCE CONTENDER ENDS SEED THREADS
"""

import os
import sys
from pathlib import Path

import msgspec

from u24.bench.contenders import Budget, get_contender
from u24.bench.instances import read_instance
from u24.bench.told import Told, told_line
from u24.domain.plan import Plan


def main(words: list[str]) -> int:
    """Run the contender; one line for every plan, one for its bound."""
    file, name, ends, seed, threads = words
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a solver prints goes to standard error
    _only_so_many_cores(int(threads))
    problem = read_instance(Path(file)).problem
    budget = Budget(ends=float(ends), seed=int(seed), threads=int(threads))

    def tell(plan: Plan) -> None:
        _write(pipe.fileno(), Told(plan=plan))

    bound = get_contender(name)(problem, budget, tell)
    _write(pipe.fileno(), Told(bound_share=bound, is_done=True))
    return 0


def _write(pipe: int, told: Told) -> None:
    line = memoryview(told_line(told))
    while line:
        line = line[os.write(pipe, line) :]


def _only_so_many_cores(threads: int) -> None:
    """Hold the whole process to as many cores as it may use threads, where that can be done."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except msgspec.MsgspecError as error:
        sys.exit(str(error))
