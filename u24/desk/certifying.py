"""Whether a plan and its bound are what its document says: everything computed anew."""

from pathlib import Path

from u24.desk.answering import read_case
from u24.desk.stating import problem_of
from u24.desk.what_if import with_changes
from u24.domain.certificate import Certified
from u24.domain.problem import Problem
from u24.errors import InvalidInput
from u24.planning import Progress, check_plan, met_shares, no_progress
from u24.planning.certificate import recompute_bound
from u24.wire.answer import plan_bytes
from u24.wire.certificate import claim_sha256, prices_sha256, problem_sha256
from u24.wire.plan_document import PlanDocument, read_plan_document

# Both sides count in floats: the planner's sums differ from the exact ones by less than this.
TOLERANCE_SHARE = 1e-9


def certify_plan(
    document: bytes, name: str, folder: Path, progress: Progress = no_progress
) -> Certified:
    """Hold a plan's document to its case: the plan, what it meets, and its bound.

    Parameters
    ----------
    document
        What ``u24 plan FOLDER --json`` printed.
    name
        What to call the document in a message.
    folder
        The case for which it was made.
    progress
        Told each stage, and how much of it is done.

    Raises
    ------
    InvalidInput
        It is no such document, or the case is another one, or a price is none.
    """
    told = read_plan_document(document, name)
    progress("case", 0, 1)
    return certify_claim(told, _problem_of(told, name, folder), progress)


def certify_claim(
    told: PlanDocument, problem: Problem, progress: Progress = no_progress
) -> Certified:
    """The same for what was read of a document, and the problem that it is held to."""
    faults = [*told.contradictions, *_digest_faults(told)]
    progress("check", 0, 1)
    violations = check_plan(problem, told.plan)
    met_share = None if violations else met_shares(problem, told.plan)[0]
    bound_share = None if faults else recompute_bound(problem, told.certificate, progress)
    faults += _share_faults(told, met_share, bound_share)
    return Certified(
        claim=told.claim,
        met_share=met_share,
        bound_share=bound_share,
        prices_sha256=prices_sha256(told.certificate),
        violations=violations,
        faults=tuple(faults),
    )


def _problem_of(told: PlanDocument, name: str, folder: Path) -> Problem:
    case = with_changes(read_case(folder), told.what_if)
    problem = problem_of(case)
    if problem_sha256(problem) != told.problem_sha256:
        raise InvalidInput(
            f"{name} was made for case {told.case_id} as it was then; {folder} holds "
            f"case {case.case_id}, and not the same words; give the folder as it was"
        )
    return problem


def _digest_faults(told: PlanDocument) -> list[str]:
    prices = prices_sha256(told.certificate)
    if prices != told.prices_sha256:
        return [_not_published("the prices", prices, told.prices_sha256)]
    claim = claim_sha256(told.problem_sha256, prices, told.claim, plan_bytes(told.plan))
    if claim != told.claim_sha256:
        return [_not_published("plan or shares", claim, told.claim_sha256)]
    return []


def _not_published(what: str, found: str, said: str) -> str:
    return f"{what}: not as published; the SHA-256 is {found}, the document says {said}"


def _share_faults(
    told: PlanDocument, met_share: float | None, bound_share: float | None
) -> list[str]:
    claim, faults = told.claim, []
    if met_share is not None and abs(met_share - claim.met_share) > TOLERANCE_SHARE:
        faults.append(f"the plan meets {met_share}, the document says {claim.met_share}")
    if bound_share is not None and bound_share > claim.bound_share + TOLERANCE_SHARE:
        faults.append(
            f"the prices prove no less than {bound_share}, "
            f"the document says {claim.bound_share}"
        )  # fmt: skip
    return faults
