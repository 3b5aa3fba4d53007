"""Where a figure was measured."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from u24.bench.results import Machine
from u24.clock import Clock

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("highspy", "numba", "numpy", "ortools")


def this_machine(clock: Clock) -> Machine:
    """Cores, versions, load and commit, as they are now."""
    return Machine(
        cores=_cores(),
        processor=_processor(),
        memory_gib=_memory_gib(),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        packages={name: _version(name) for name in PACKAGES},
        commit=_git("rev-parse", "HEAD"),
        changed_since_commit=bool(
            _git("status", "--porcelain", "--", "u24/planning", "u24/domain", "u24/bench")
        ),
        load_before=round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else -1.0,
        at=clock().isoformat(),
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_gib() -> float:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, ValueError):
        return 0.0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *words],  # noqa: S607
            cwd=REPOSITORY, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError:
        return ""
    return done.stdout.strip()
