"""Write docs/benchmarks-ledger.md from benchmarks/results/ledger-*.json.

python -m benchmarks.ledger.page
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.ledger.machine import REPOSITORY, RESULTS

REPORT = REPOSITORY / "docs" / "benchmarks-ledger.md"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}

Result = dict[str, Any]


def text() -> str:
    """The whole page."""
    parts = [_HEAD, _kills(), _faults(), _writers(), _million(), _TAIL]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> int:
    """Write the page."""
    REPORT.write_text(text(), encoding="utf-8")
    return 0


def _kills() -> str:
    rows = []
    for make, name in NAMES.items():
        if found := _read(f"kill-{make}"):
            doubt = found["in_doubt_on_record"], found["in_doubt_not_on_record"]
            rows.append((
                name, f"{found['rounds']:,}", f"{found['writers_killed']:,}",
                found["servers_killed"], f"{found['acknowledged_commands']:,}",
                f"{found['facts_on_record']:,}",
                f"{doubt[0]:,} / {doubt[1]:,}",
                sum(found["faults"].values()), f"{found['wall_s']:.0f} / {found['cpu_s']:.0f}",
            ))  # fmt: skip
    head = ("store", "rounds", "writers killed", "servers killed", "commands acknowledged",
            "facts on record", "unanswered: kept / not", "faults", "wall / CPU s")  # fmt: skip
    return (
        _KILLS.rstrip() + "\n\n" + _table(head, rows) + _measured_on("kill-sqlite", "kill-postgres")
    )


def _faults() -> str:
    found = _read("faults")
    rows = [
        (NAMES[held["store"]], held["fault"], f"{held['acknowledged']:,}",
         held["lost"] + held["double"], held["answer"].replace("|", "/"))
        for held in found.get("faults", [])
    ]  # fmt: skip
    head = ("store", "fault", "acknowledged", "lost or double", "what the desk is told")
    return _FAULTS.rstrip() + "\n\n" + _table(head, rows) + _measured_on("faults")


def _writers() -> str:
    found = _of_each("writers")
    rows = []
    for make, held in found.items():
        for rival, row in held["rivals"].items():
            spread = f"{row['least_facts_per_s']:,} to {row['most_facts_per_s']:,}"
            rows.append((
                NAMES[make], rival, f"**{row['facts_per_s']:,.0f}**", spread,
                f"{row['wall_s']:.1f}", f"{row['cpu_s']:.1f}",
                f"{row['facts'] / row['cpu_s']:,.0f}", f"{row['wall_ratio_to_plain']:.1f}",
                f"{row['cpu_ratio_to_plain']:.1f}",
            ))  # fmt: skip
    head = ("store", "who", "facts/s", "least to most", "wall s", "CPU s", "facts per CPU s",
            "wall, plain = 1", "CPU, plain = 1")  # fmt: skip
    one: Result = next(iter(found.values()), {})
    about = _WRITERS.format(
        writers=one.get("writers", "-"), facts=f"{one.get('facts_a_writer', 0):,}",
        group=one.get("group", "-"), runs=one.get("runs", "-"),
        faults=sum(sum(held["faults"].values()) for held in found.values()),
    )  # fmt: skip
    return about.rstrip() + "\n\n" + _table(head, rows) + _measured_on(*_names("writers"))


def _million() -> str:
    found = _of_each("million")
    times, checks = [], []
    for make, held in found.items():
        for step in held["steps"]:
            times.append(_row_of_times(make, step))
            checks += [_row_of_a_check(make, check) for check in step["checks"]]
    head = ("store", "facts", "inclusion, ms", "consistency, ms", "whole proof file, ms",
            "proof files verified", "filled, facts/s", "bytes a fact")  # fmt: skip
    head_of_checks = ("store", "facts", "threads", "wall s", "CPU s, own + server",
                      "memory above the start, MiB", "signatures", "heads", "good")  # fmt: skip
    one: Result = next(iter(found.values()), {})
    about = _MILLION.format(
        body=one.get("body_bytes", "-"), signed=one.get("signed_every", "-"),
        heads=f"{one.get('head_every', 0):,}", proofs=one.get("proofs", "-"),
    )  # fmt: skip
    tables = _table(head, times) + "\n" + _CHECKS + "\n" + _table(head_of_checks, checks)
    return about.rstrip() + "\n\n" + tables + _measured_on(*_names("million"))


def _row_of_times(make: str, step: Result) -> tuple[object, ...]:
    proofs = step["proofs"]
    return (
        NAMES[make], f"{step['facts']:,}", _spread(proofs["inclusion"]),
        _spread(proofs["consistency"]), _spread(proofs["proof_file"]),
        f"{proofs['proof_files_verified']} of {proofs['proof_files']}",
        f"{step['fill_facts_per_s']:,}", step["bytes_a_fact"],
    )  # fmt: skip


def _row_of_a_check(make: str, check: Result) -> tuple[object, ...]:
    return (
        NAMES[make], f"{check['facts']:,}", check["workers"], f"**{check['wall_s']:.1f}**",
        f"{check['cpu_s']:.1f} + {check['server_cpu_s']:.1f}",
        f"{check['peak_mib'] - check['peak_before_mib']:.0f}",
        f"{check['signatures']:,}", check["heads"], "yes" if check["good"] else "NO",
    )  # fmt: skip


def _of_each(name: str) -> dict[str, Result]:
    """The results of a script, by store."""
    found = {make: _read(f"{name}-{make}") for make in NAMES}
    return {make: held for make, held in found.items() if held}


def _names(name: str) -> list[str]:
    return [f"{name}-{make}" for make in NAMES]


def _spread(held: dict[str, float]) -> str:
    wall = f"{held['median_ms']:.1f} / {held['p99_ms']:.1f} / {held['most_ms']:.1f}"
    return f"{wall} ({held['cpu_ms']:.1f})" if "cpu_ms" in held else wall


def _measured_on(*names: str) -> str:
    """A line for each different machine, version or commit."""
    lines = dict.fromkeys(_machine(held["machine"]) for name in names if (held := _read(name)))
    return "".join(f"\n\n{line}" for line in lines)


def _machine(held: Result) -> str:
    changed = " with changes" if held["changed_since_commit"] else ""
    return (
        f"Measured on {held['cores']} cores ({held['processor']}, {held['memory_gib']} GiB, Linux "
        f"{held['kernel']}), Python {held['python']}, SQLite {held['sqlite']}, PostgreSQL "
        f"{held['postgresql']}; commit {held['commit'][:10]}{changed}, sources of the ledger "
        f"{held['ledger_sha256']}. Load average meanwhile: {held.get('load_average', '-')}."
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    def lines() -> Iterator[str]:
        yield _line(head)
        yield "|---" * len(head) + "|"
        yield from map(_line, rows)

    return "\n".join(lines())


def _line(cells: tuple[object, ...]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _read(name: str) -> Result:
    path = RESULTS / f"ledger-{name}.json"
    found: Result = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


_HEAD = """
# Benchmark: the record under fire, and how fast it is

`python -m benchmarks.ledger.page` writes this page from `benchmarks/results/ledger-*.json`. Every
table names the script that gives it; [the README](../benchmarks/ledger/README.md) says how to run
them. All stores commit to disk before they answer. The machine did other work at the same time,
so read CPU seconds and ratios before wall seconds.
"""
_KILLS = """
## Killed at random moments

`python -m benchmarks.ledger.kill_campaign sqlite|postgres --rounds 1000`. Four writer processes
at once: one by one, in groups, and twice six threads that share a commit; commands of one to five
facts in one to three streams, three of which all share. Each tells a pipe what it means to say
and what is acknowledged. After 5 to 300 ms, at random, they get SIGKILL, all at one moment or
each at its own. In every tenth round of PostgreSQL all processes of the server get SIGKILL first,
and it recovers while the writers go on. Then the check: every acknowledged command stands where
it was said to stand, with exactly its facts; no half command, no gap, no double, every hash
right, kept ones too. What had no answer is said again with its key: it must then be on record
once, whether it was before or not. Every hundredth round and at the end the whole record is
verified, under all heads that were published. `--broken early` (acknowledges before the commit)
and `--broken torn` (the log loses its end) show that the campaign can fail.
"""
_FAULTS = """
## Other faults

`python -m benchmarks.ledger.faults`. Write until the fault strikes, put it right, go on; then
look whether all that was acknowledged is there, and verify. The disks are real ones, of one
megabyte for SQLite and 112 for PostgreSQL.
"""
_WRITERS = """
## Many writers

`python -m benchmarks.ledger.writers sqlite postgres`. {writers} processes, {facts} facts each
with bodies of 300 bytes; {group} facts in a commit, or for group commit {group} threads in each
process that append one fact after another. Medians of {runs} runs; the rivals take turns. *Plain
inserts* write the same rows, ready made, into a table of the same columns and indexes: no hash,
no order, no check, and on PostgreSQL all processes at once, where ours take turns so that
positions have no gap. *eventsourcing* is the library of that name, `insert_events` of its
application recorder, with as many bytes a fact in its own four columns (SQLite: `synchronous =
full`, as ours); it numbers facts, and knows no idempotent key and no hash. After each of our runs
every fact was looked for and the record verified: {faults} lost, double or findings.
"""
_MILLION = """
## A million facts

`python -m benchmarks.ledger.million sqlite postgres`. Bodies of {body} bytes, one in {signed}
signed, a head every {heads} entries. {proofs} facts at random places; median / 99th percentile /
most; in brackets the mean of the CPU time of our process. Each proof was checked against the
root. The *whole proof file* is what `u24 prove` writes: the entry, its keys, the newest head,
every check; ten of them were given to `verify_proof.py`.
"""
_CHECKS = """
The full check, in a process of its own: every hash, signature, head, stream and command.
"""
_TAIL = """
## How to read it

- A commit costs about as much as the disk takes to write; many facts in one commit share it. A
  single `append` from one thread is bound by that alone.
- What ours costs above plain inserts is Python: an object and two hashes a fact, the look whether
  its command and stream stand where they should, and the inserts' triggers.
- The check keeps hashes of names in a file, to find a gap or a double anywhere; its memory does
  not grow.
"""


if __name__ == "__main__":
    sys.exit(main())
