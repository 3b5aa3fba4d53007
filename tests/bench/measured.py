"""Measured words that are valid by default."""

from u24.bench.results import Machine, Point, Results, Run

A_MACHINE = Machine(
    cores=2,
    processor="a processor",
    memory_gib=8.0,
    system="Linux 6",
    python="3.11",
    packages={"highspy": "1.15"},
    commit="0123456789abcdef",
    changed_since_commit=False,
    load_before=0.1,
    at="2026-01-01T00:00:00+00:00",
)


def a_run(contender="hybrid", value=0.6, **values):
    """A run of ten seconds with one plan after two."""
    default = {
        "contender": contender,
        "seed": 1,
        "threads": 2,
        "value": value,
        "feasible": True,
        "violations": (),
        "points": (Point(at_s=2.0, value=value),) if value else (),
        "bound_share": 0.8 if contender == "hybrid" else None,
        "bound_holds": contender == "hybrid",
        "wall_s": 10.0,
        "cpu_s": 15.0,
        "peak_mib": 100.0,
        "end": "done",
        "machine": A_MACHINE,
    }
    return Run(**{**default, **values})


def some_results(*runs, **values):
    default = {
        "instance": "S-1",
        "sha256": "ab" * 32,
        "size": "S",
        "seconds": 10.0,
        "sites": 4,
        "needs": 3,
        "lots": 2,
        "vehicles": 1,
        "runs": runs or (a_run(),),
    }
    return Results(**{**default, **values})
