"""Two persons: a second one who has signed, with a right that still stands."""

from u24.desk.board.state import PlanState
from u24.desk.rules.rights import is_deputy, roles_in
from u24.desk.saying import Setting
from u24.domain.facts.people import Role

MAY_SIGN = (Role.DUTY_OFFICER, Role.LEGAL_OFFICER)


def find_second(setting: Setting, case_id: str, plan: PlanState) -> str:
    """Who has signed besides the one who releases; empty if nobody counts.

    Neither the releaser counts, nor whom the releaser stands in for, nor somebody whose only
    right to sign is to stand in for one of these two: that would be one will with two hands.
    """
    first = {setting.caller.person_id, setting.caller.for_person_id}
    for person_id in plan.signed_by:
        if person_id not in first and _may_sign(setting, case_id, person_id, first):
            return person_id
    return ""


def _may_sign(setting: Setting, case_id: str, person_id: str, first: set[str]) -> bool:
    board, now = setting.board, setting.now
    holders = [person_id]
    holders += [
        held
        for held in board.people.deputies
        if held not in first and is_deputy(board, held, person_id, now)
    ]
    return any(roles_in(board, held, case_id, now) & set(MAY_SIGN) for held in holders)
