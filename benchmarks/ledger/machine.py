"""Where a figure was measured, and how it is kept."""

import json
import os
import platform
import resource
import sqlite3
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.ledger.places import postgres_version
from u24.clock import system_clock

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "benchmarks" / "results"
WORK = REPOSITORY / "out" / "ledger-campaign"


def machine() -> dict[str, Any]:
    """Cores, versions, load and commit of a measurement; no name or path of the machine."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": postgres_version(),
        "psycopg": psycopg.__version__,
        "commit": _git("rev-parse", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--", "u24/ledger")),
        "ledger_sha256": _MEASURED,
        "load_average": round(os.getloadavg()[2], 1),
        "at": system_clock().isoformat(),
    }


def ledger_sha256() -> str:
    """One hash over the sources of the ledger, so that a figure names the code it is of."""
    total = sha256()
    for path in sorted((REPOSITORY / "u24" / "ledger").glob("*.py")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def keep(name: str, found: dict[str, Any]) -> Path:
    """Write what was measured to ``benchmarks/results``, with the machine."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"ledger-{name}.json"
    text = json.dumps({"benchmark": name, "machine": machine()} | found, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def cpu_s() -> float:
    """CPU seconds of this process, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cpu_of_children_s() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_mib() -> float:
    """The most memory that this process ever held, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


# What was loaded when the measurement began; the files may have changed since.
_MEASURED = ledger_sha256()
