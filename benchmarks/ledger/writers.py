"""Many processes write at once: facts a second, beside plain inserts and a library.

    python -m benchmarks.ledger.writers sqlite postgres --runs 3

The rivals take turns, so that a machine that slows down is slow for all.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import traceback
from collections.abc import Callable, Iterable
from itertools import product

from rich.console import Console
from rich.progress import Progress

from benchmarks.ledger.beginning import begin
from benchmarks.ledger.machine import cpu_s, keep
from benchmarks.ledger.places import Place, open_at, place_of
from benchmarks.ledger.rivals import RIVALS, Task, Write, commands_of
from u24.clock import stopwatch
from u24.ledger.store import Store
from u24.ledger.verify import verify

WRITERS = 8
FACTS = 10_000
GROUP = 64
_PLAIN = "plain inserts"
_WELL, _ILL = b"w", b"i"


def measure(place: Place, rival: str, tasks: list[Task]) -> dict[str, float]:
    """Wall and CPU seconds of all tasks at once, each in a process of its own."""
    if rival.startswith("ours"):
        store = open_at(place)
        begin(store)
        store.close()
    ready, go, done = os.pipe(), os.pipe(), os.pipe()
    pids = [_fork(RIVALS[rival], place, task, ready[1], go[0], done[1]) for task in tasks]
    for _ in tasks:
        _require(os.read(ready[0], 1), pids)
    server_s, begun_s = place.server_cpu_s(), stopwatch()
    os.write(go[1], b"g" * len(tasks))
    used_s = [float(_require(os.read(done[0], 16), pids)) for _ in tasks]
    wall_s = stopwatch() - begun_s
    for pid in pids:
        os.waitpid(pid, 0)
    for held in (*ready, *go, *done):
        os.close(held)
    server_s = place.server_cpu_s() - server_s
    facts = sum(task.facts for task in tasks)
    return {
        "facts": facts, "wall_s": round(wall_s, 2), "facts_per_s": round(facts / wall_s),
        "cpu_s": round(sum(used_s) + server_s, 2), "server_cpu_s": round(server_s, 2),
    }  # fmt: skip


def require_all(store: Store, tasks: Iterable[Task]) -> dict[str, int]:
    """Every fact is on record once, and the record verifies; says how many of each fault."""
    expected = {command for task in tasks for command in commands_of(task)}
    found = [entry.command for entry in store.everything() if entry.command.startswith("command_")]
    verified = verify(store)
    return {
        "lost": len(expected - set(found)),
        "double": len(found) - len(set(found)),
        "strange": len(set(found) - expected),
        "findings": sum(verified.counts.values()),
    }


def compare(make: str, rivals: list[str], tasks: list[Task], runs: int) -> dict[str, object]:
    """All rivals on one make of store, in turn; medians, and the ratio to plain inserts."""
    held: dict[str, list[dict[str, float]]] = {rival: [] for rival in rivals}
    faults: dict[str, int] = dict.fromkeys(("lost", "double", "strange", "findings"), 0)
    # No thread that redraws the bar: the writers are forked from this process.
    with Progress(console=Console(stderr=True), auto_refresh=False) as bar:
        for run, rival in bar.track(list(product(range(runs), rivals)), description=make):
            place = place_of(make)
            try:
                held[rival].append(measure(place, rival, tasks))
                if rival.startswith("ours"):
                    store = open_at(place)
                    for name, count in require_all(store, tasks).items():
                        faults[name] += count
                    store.close()
            finally:
                place.remove()
            bar.console.print(f"{make} {run + 1} {rival}: {held[rival][-1]}", soft_wrap=True)
    return {"rivals": _summary(held), "faults": faults}


def main() -> int:
    """Measure, print, keep."""
    wanted = _arguments()
    tasks = [
        Task(writer=writer, facts=wanted.facts, group=wanted.group)
        for writer in range(wanted.writers)
    ]
    stores = {}
    for make in wanted.makes:
        stores[make] = compare(make, wanted.rivals, tasks, wanted.runs)
        found = {
            "writers": wanted.writers, "facts_a_writer": wanted.facts, "group": wanted.group,
            "runs": wanted.runs, **stores[make],
        }  # fmt: skip
        if not wanted.dry:
            keep(f"writers-{make}", found)
    print(json.dumps({"stores": stores}, indent=2))
    return 0


def _summary(held: dict[str, list[dict[str, float]]]) -> dict[str, object]:
    medians = {
        rival: {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        for rival, runs in held.items()
    }
    for rival, median in medians.items():
        if _PLAIN in held:
            pairs = zip(held[rival], held[_PLAIN], strict=True)
            ratios = [ours["wall_s"] / plain["wall_s"] for ours, plain in pairs]
            median["wall_ratio_to_plain"] = round(statistics.median(ratios), 2)
            median["cpu_ratio_to_plain"] = round(median["cpu_s"] / medians[_PLAIN]["cpu_s"], 2)
    return {
        rival: medians[rival] | {"least_facts_per_s": min(run["facts_per_s"] for run in runs),
                                 "most_facts_per_s": max(run["facts_per_s"] for run in runs)}
        for rival, runs in held.items()
    }  # fmt: skip


def _fork(
    make: Callable[[Place, Task], Write], place: Place, task: Task, ready: int, go: int, done: int
) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        write = make(place, task)
        os.write(ready, _WELL)
        os.read(go, 1)
        before_s = cpu_s()
        write()
        os.write(done, f"{cpu_s() - before_s:16.6f}".encode())
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it
        traceback.print_exc()
        os.write(ready, _ILL)
        os.write(done, _ILL * 16)
    finally:
        os._exit(0)


def _require(answer: bytes, pids: list[int]) -> bytes:
    if answer.startswith(_ILL):
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        raise RuntimeError("a writer has failed; what it said stands above")
    return answer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("makes", nargs="+", choices=["sqlite", "postgres"])
    parser.add_argument("--rivals", nargs="+", choices=list(RIVALS), default=list(RIVALS))
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument("--facts", type=int, default=FACTS, help="of each writer")
    parser.add_argument("--group", type=int, default=GROUP, help="facts in a commit, or threads")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="keep no result")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
