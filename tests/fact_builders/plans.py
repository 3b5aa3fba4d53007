"""Facts about plans."""

from typing import Any

from tests.builders import a_plan
from tests.fact_builders.defaults import CASE, made
from u24.domain.facts import plans


def a_plan_line(consignment_id: str = "consignment_1", **values: Any) -> plans.PlanLine:
    default = {
        "lot_id": "lot_1",
        "need_id": "need_1",
        "packs": 1,
        "units": 1.0,
        "depart_s": 5_400,
        "arrive_s": 45_000,
        "vehicle_ids": ("lift_1/1",),
        "site_ids": ("EIN", "ADA", "antakya"),
    }
    return plans.PlanLine(consignment_id=consignment_id, **{**default, **values})


def a_plan_made(plan_id: str = "plan_1", **values: Any) -> plans.PlanMade:
    return made(
        plans.PlanMade,
        values,
        case_id=CASE,
        plan_id=plan_id,
        position=9,
        plan=a_plan(),
        lines=(a_plan_line(),),
        met_shares=(0.5, 0.5, 0.5),
        bound_share=0.5,
        marks_s=(86_400, 172_800, 259_200),
        work=100,
        need_units=(("need_1", 2),),
    )


def a_plan_signed(plan_id: str = "plan_1", **values: Any) -> plans.PlanSigned:
    return made(plans.PlanSigned, values, case_id=CASE, plan_id=plan_id)


def a_plan_released(plan_id: str = "plan_1", **values: Any) -> plans.PlanReleased:
    return made(plans.PlanReleased, values, case_id=CASE, plan_id=plan_id)


def a_plan_dropped(plan_id: str = "plan_1", **values: Any) -> plans.PlanDropped:
    return made(plans.PlanDropped, values, case_id=CASE, plan_id=plan_id, reason="too late")
