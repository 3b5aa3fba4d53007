"""One run of one contender: started, watched, killed at the limit, and scored by the checker."""

import os
import select
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import msgspec

from u24.bench.instances import Instance, write_instance
from u24.bench.results import Machine, Point, Run
from u24.bench.told import read_told
from u24.clock import stopwatch
from u24.domain.plan import Plan
from u24.domain.problem import Problem
from u24.planning import check_plan, met_shares

GRACE_SHARE, GRACE_S = 0.1, 1.0  # to write the last plan down
LOOK_EVERY_S = 0.1
MIB_PER_KIB = 1 / 1024
MOST_VIOLATIONS = 5
# Whose bound is proven for the whole problem. That of cp-sat is for its own model only, with
# few sorties for each aircraft; those of coarse grids are for another grid.
PROVEN = ("hybrid", "highs-15")
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

_COMMAND = ("-m", "u24.bench.runner")

Progress = Callable[[str, float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is the same for all contenders of a comparison."""

    seconds: float
    seed: int
    threads: int = 2


@dataclass(slots=True)
class _Seen:
    """What came out of the process."""

    plans: list[tuple[float, Plan]] = field(default_factory=list)
    bound_share: float | None = None
    is_done: bool = False
    killed: bool = False
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mib: float = 0.0
    said: str = ""


def measure(
    instance: Instance, contender: str, terms: Terms, machine: Machine, progress: Progress
) -> Run:
    """Run one contender in a process of its own, then score every plan that it told."""
    with TemporaryDirectory(prefix="u24-bench-") as folder:
        file = Path(folder) / "instance.json"
        write_instance(instance, file)
        seen = _watch(file, contender, terms, progress)
    progress(f"{contender}: check", 1, 1)
    points = tuple(
        Point(at_s=round(at_s, 3), value=value_of(instance.problem, plan))
        for at_s, plan in seen.plans
    )
    violations = check_plan(instance.problem, seen.plans[-1][1]) if seen.plans else ()
    return Run(
        contender=contender,
        seed=terms.seed,
        threads=terms.threads,
        value=points[-1].value if points else 0.0,
        feasible=bool(seen.plans) and not violations,
        violations=tuple(f"{v.rule} at {v.where}: {v.text}" for v in violations[:MOST_VIOLATIONS]),
        points=points,
        bound_share=seen.bound_share,
        bound_holds=contender in PROVEN,
        wall_s=round(seen.wall_s, 2),
        cpu_s=round(seen.cpu_s, 2),
        peak_mib=round(seen.peak_mib, 1),
        end="done" if seen.is_done else "killed" if seen.killed else "failed",
        said="" if seen.is_done else seen.said,
        machine=machine,
    )


def value_of(problem: Problem, plan: Plan) -> float:
    """Share of the weighted need met by the first mark; 0 for a plan that breaks any rule."""
    return 0.0 if check_plan(problem, plan) else met_shares(problem, plan)[0]


def _watch(file: Path, contender: str, terms: Terms, progress: Progress) -> _Seen:
    """Start the process and read what it tells until it ends or its time is over."""
    seen = _Seen()
    with (file.parent / "said").open("w+b") as said:
        begun = stopwatch()
        words = (file, contender, begun + terms.seconds, terms.seed, terms.threads)
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, *_COMMAND, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env={**os.environ, **dict.fromkeys(THREAD_LIMITS, str(terms.threads))},
        )
        last_s = begun + terms.seconds * (1 + GRACE_SHARE) + GRACE_S
        try:
            _read(process, seen, (begun, last_s), lambda s: progress(contender, s, terms.seconds))
        finally:
            if not _has_ended(process.pid, last_s):
                seen.killed = not seen.is_done
                process.kill()
            _reap(process, seen)
        seen.wall_s = stopwatch() - begun
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
        seen.said = lines[-1][:300] if lines else ""
    return seen


def _read(
    process: "subprocess.Popen[bytes]",
    seen: _Seen,
    times: tuple[float, float],
    on_look: Callable[[float], None],
) -> None:
    """Read lines until the pipe closes or the last moment has come."""
    begun, last_s = times
    assert process.stdout is not None  # noqa: S101 - asked for above
    pipe = process.stdout.fileno()
    held = bytearray()
    while stopwatch() < last_s:
        ready, _, _ = select.select([pipe], [], [], LOOK_EVERY_S)
        seen.peak_mib = max(seen.peak_mib, _peak_mib(process.pid))
        on_look(stopwatch() - begun)
        if not ready:
            continue
        part = os.read(pipe, 1 << 20)
        if not part:
            return
        held += part
        *lines, rest = held.split(b"\n")
        held = bytearray(rest)
        for line in lines:
            _note(seen, bytes(line), stopwatch() - begun)


def _note(seen: _Seen, line: bytes, at_s: float) -> None:
    try:
        told = read_told(line)
    except msgspec.DecodeError:
        return
    if told.plan is not None:
        seen.plans.append((at_s, told.plan))
    if told.is_done:
        seen.bound_share, seen.is_done = told.bound_share, True


def _peak_mib(pid: int) -> float:
    """The most memory the process has held so far; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0.0
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return found[0] * MIB_PER_KIB if found else 0.0


def _has_ended(pid: int, last_s: float) -> bool:
    """Whether the process ends by the last moment; it is left to be reaped with what it used."""
    how = os.WEXITED | os.WNOWAIT | os.WNOHANG
    while os.waitid(os.P_PID, pid, how) is None:
        if stopwatch() >= last_s:
            return False
        sleep(LOOK_EVERY_S / 10)
    return True


def _reap(process: "subprocess.Popen[bytes]", seen: _Seen) -> None:
    """Wait for the end, and read what it used."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout is not None:
        process.stdout.close()
    seen.cpu_s = used.ru_utime + used.ru_stime
    if seen.peak_mib == 0.0:
        seen.peak_mib = used.ru_maxrss * MIB_PER_KIB
