"""Planned, signed, released: a plan moves nothing until a person lets it go."""

from u24.desk import plans
from u24.desk.board.state import CaseState, PlanState
from u24.desk.rules.gates import asks_two_persons, missions_of
from u24.desk.rules.signatures import find_second
from u24.desk.rules.subjects import family, list_offers
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.plans import DropPlan, MakePlan, ReleasePlan, SignPlan
from u24.domain.facts.plans import PlanDropped, PlanReleased, PlanSigned


def make_plan(command: MakePlan, setting: Setting) -> Saying | Refusal:
    """Plan the case as it was read; what was said meanwhile is not in it, and it says so."""
    if refusal := why_name_taken(command, setting):
        return refusal
    made = plans.make_plan(
        setting.board, command, setting.now, setting.ids, progress=setting.progress
    )
    if isinstance(made, Refusal):
        return made
    return Saying(facts=tuple((case_stream(command.case_id), fact) for fact in made))


def why_name_taken(command: MakePlan, setting: Setting) -> Refusal | None:
    """Refuse a name that a plan of the case bears, also one made while this one was planned."""
    if command.plan_id not in setting.board.cases[command.case_id].plans:
        return None
    text = f"plan {command.plan_id} was made before; give another id, or none"
    return refuse("name-taken", text)


def sign_plan(command: SignPlan, setting: Setting) -> Saying | Refusal:
    """One of two persons says yes; it is the person who counts, not for whom they stand in."""
    plan = _open_plan(command.plan_id, setting.board.cases[command.case_id])
    if isinstance(plan, Refusal):
        return plan
    if setting.caller.person_id in plan.signed_by:
        text = f"{setting.caller.person_id} signed plan {command.plan_id} before"
        return refuse("signed", text)
    fact = PlanSigned(said_at=setting.now, case_id=command.case_id, plan_id=command.plan_id)
    return Saying(facts=((case_stream(command.case_id), fact),))


def release_plan(command: ReleasePlan, setting: Setting) -> Saying | Refusal:
    """The plan goes out, in place of the one released before."""
    case = setting.board.cases[command.case_id]
    plan = _open_plan(command.plan_id, case)
    if isinstance(plan, Refusal):
        return plan
    if case.merged_into:
        text = f"plan {command.plan_id} is of a case that was merged; make a plan of the whole"
        return refuse("merged", text)
    if needs_two_persons(plan, case, setting) and not find_second(setting, case.case_id, plan):
        signed = ", ".join(plan.signed_by) or "nobody"
        text = (
            f"plan {command.plan_id} needs two persons, and {signed} has signed; a duty officer "
            "or legal officer other than who releases it, and for whom, must sign first"
        )
        return refuse("second-person", text)
    if overtaken := plans.overtaken(setting.board, case.case_id, command.plan_id, setting.now):
        text = f"plan {command.plan_id}: {'; '.join(overtaken)}; make another plan"
        return refuse("overtaken", text)
    fact = PlanReleased(said_at=setting.now, case_id=case.case_id, plan_id=command.plan_id)
    return Saying(facts=((case_stream(case.case_id), fact),))


def drop_plan(command: DropPlan, setting: Setting) -> Saying | Refusal:
    """The plan will not be released."""
    plan = _open_plan(command.plan_id, setting.board.cases[command.case_id])
    if isinstance(plan, Refusal):
        return plan
    fact = PlanDropped(
        said_at=setting.now, case_id=command.case_id, plan_id=command.plan_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def needs_two_persons(plan: PlanState, case: CaseState, setting: Setting) -> bool:
    """Whether a gate asks for two persons: of what the plan says, and of what stands now.

    A plan that came from elsewhere, or an offer that was said anew since, may not know.
    """
    states = family(setting.board, case)
    lots = {
        lot.lot_id: lot for offer in list_offers(setting.board, case) for lot in offer.fact.lots
    }
    needs = {
        need.need_id: need
        for state in states
        for request in state.requests.values()
        for need in request.fact.needs
    }
    found = asks_two_persons(plan.fact.lines, lots, needs, missions_of(states))
    return plan.fact.two_persons or found


def _open_plan(plan_id: str, case: CaseState) -> PlanState | Refusal:
    plan = case.plans.get(plan_id)
    if plan is None:
        return refuse("unknown-plan", f"{case.call_sign} has no plan {plan_id}; make one")
    if plan.dropped:
        return refuse("dropped", f"plan {plan_id} was dropped: {plan.dropped}; make another one")
    if plan.released_at is not None:
        text = f"plan {plan_id} was released at {plan.released_at.isoformat()}"
        return refuse("released", f"{text}; make another one to replace it")
    return plan
