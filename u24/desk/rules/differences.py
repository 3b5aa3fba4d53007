"""Where two desks said different things of one subject, a person decides."""

from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.movements import SettleConflict
from u24.domain.facts.letters import ConflictSettled


def settle_conflict(command: SettleConflict, setting: Setting) -> Saying | Refusal:
    """Ours or theirs, once, with a reason; both stay on record."""
    conflict = setting.board.cases[command.case_id].conflicts.get(command.conflict_id)
    if conflict is None:
        return refuse("unknown-conflict", f"the case has no conflict {command.conflict_id}")
    if conflict.settled:
        text = f"conflict {command.conflict_id} was settled before: {conflict.settled} stands"
        return refuse("settled", text)
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why this one stands")
    fact = ConflictSettled(
        said_at=setting.now, case_id=command.case_id, conflict_id=command.conflict_id,
        take_theirs=command.take_theirs, reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))
