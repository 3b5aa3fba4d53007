"""The time line in words: every call of every vehicle."""

from u24.domain.answer import Answer
from u24.domain.plan import Purpose
from u24.report.gantt_lanes import leg_loads_kg, vehicle_anchors
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import UNKNOWN, clock_after, plain, t_plus, tonnes


def movements_sheet(answer: Answer) -> Sheet:
    """One row a call, by vehicle, then by time."""
    loads, anchors = leg_loads_kg(answer), vehicle_anchors(answer)
    t0 = answer.case.t0_at
    rows = []
    for route in sorted(answer.planned.plan.routes, key=lambda route: route.vehicle_id):
        for i, call in enumerate(route.calls):
            last = i + 1 == len(route.calls)
            load_kg = loads.get((route.vehicle_id, i))
            start = call.purpose is Purpose.START
            rows.append(
                row(
                    Cell(text=route.vehicle_id, anchor="" if i else anchors[route.vehicle_id]),
                    call.site_id,
                    plain(call.purpose),
                    t_plus(call.arrive_s),
                    clock_after(t0, call.arrive_s),
                    UNKNOWN if start else t_plus(call.service_from_s),
                    UNKNOWN if start else t_plus(call.service_until_s),
                    UNKNOWN if last else t_plus(call.depart_s),
                    "end" if last else tonnes(load_kg) if load_kg else "empty",
                )
            )
    return Sheet(
        key="movements",
        title="Movements",
        caption="Every call of every vehicle; the load is what it leaves with",
        columns=("Vehicle", "At", "For", "Arrives", "Arrives (clock)", "Service from", "until",
                 "Leaves", "Load"),
        rows=tuple(rows),
        figures=frozenset({3, 4, 5, 6, 7, 8}),
        empty="No vehicle moves.",
        folded=True,
        printed=False,
    )  # fmt: skip
