"""What was measured, as a file: one an instance and limit of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from u24.errors import InvalidInput

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where and on which sources it was measured; no name or path of the machine."""

    cores: int
    processor: str
    memory_gib: float
    system: str
    python: str
    packages: dict[str, str]
    commit: str
    changed_since_commit: bool
    load_before: float  # average of the last minute; near 0 on a quiet machine
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A plan that was told: when, and what the checker makes of it (0 if it breaks a rule)."""

    at_s: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One contender on one instance.

    ``value`` is of the last plan told in time. ``bound_share`` is its own; it counts as
    proven for the problem only if ``bound_holds``.
    """

    contender: str
    seed: int
    threads: int
    value: float
    feasible: bool
    violations: tuple[str, ...]
    points: tuple[Point, ...]
    bound_share: float | None
    bound_holds: bool
    wall_s: float
    cpu_s: float
    peak_mib: float
    end: str  # done, killed or failed
    said: str = ""  # the last line of standard error, where it failed
    machine: Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All runs on one instance within one limit of time."""

    instance: str
    sha256: str
    size: str  # S, M, L, or the name of what is no made instance
    seconds: float
    sites: int
    needs: int
    lots: int
    vehicles: int
    runs: tuple[Run, ...] = ()
    format: int = FORMAT


def best_bound(results: Iterable[Results]) -> float | None:
    """The least bound that is proven for this instance within any limit; None if none is."""
    bounds = [
        run.bound_share
        for held in results
        for run in held.runs
        if run.bound_holds and run.bound_share is not None
    ]
    return min(bounds, default=None)


def write_results(results: Results, folder: Path) -> Path:
    """Write, or renew the runs of the same contenders and seeds in what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"plan-{results.instance}-{results.seconds:g}s.json"
    if file.exists():
        old = read_results(file)
        if old.sha256 == results.sha256:
            renewed = {(run.contender, run.seed) for run in results.runs}
            kept = [run for run in old.runs if (run.contender, run.seed) not in renewed]
            results = replace(results, runs=(*kept, *results.runs))
    file.write_bytes(results_json(results))
    return file


def results_json(results: Results | Sequence[Results]) -> bytes:
    """The results as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n"


def read_results(file: Path) -> Results:
    """Read what was measured.

    Raises
    ------
    InvalidInput
        The file holds no results.
    """
    try:
        results = msgspec.json.decode(file.read_bytes(), type=Results)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"results {file.name}: {error}") from error
    if results.format != FORMAT:
        raise InvalidInput(f"results {file.name}: format is {results.format}; it must be {FORMAT}")
    return results
