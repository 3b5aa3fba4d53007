"""U24: assistance within 24 hours. Start reading at ``u24/desk/journey.py``.

>>> import u24
>>> case = u24.read_case("scenarios/turkiye-2023")
>>> plan = u24.plan(case, seconds=5)
>>> print(plan.board())
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from u24.domain.answer import Answer

if TYPE_CHECKING:
    from u24.domain.case import Case
    from u24.domain.plan import Plan, Violation

__all__ = ["PlannedCase", "check_plan", "plan", "read_case"]
__version__ = "0.1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCase(Answer):
    """The answer to a case, as `plan` gives it: all its words, and its board as text."""

    def board(self, *, width_columns: int = 100) -> str:
        """The T+24 board as plain text of at most ``width_columns``, as ``u24 plan`` prints it."""
        from u24.cli.board import board_text  # noqa: PLC0415 - import u24 stays quick

        return board_text(self, width_columns=width_columns)


def read_case(folder: str | Path) -> "Case":
    """Read a case folder; see docs/reference/case-folder.md.

    Raises
    ------
    CaseErrors
        Everything that is wrong with it: file, row, column, what is allowed.
    """
    from u24.desk.answering import read_case as read  # noqa: PLC0415 - import u24 stays quick

    return read(Path(folder))


def plan(
    case: "Case", *, seconds: float | None = None, work: int | None = None, seed: int = 0
) -> PlannedCase:
    """Plan a case: the answer holds the plan, its proven bound and all explanations.

    Parameters
    ----------
    case
        From `read_case`.
    seconds
        Wall time of the planner, 2.8 unless said; more time, more rounds of search and bound.
    work
        Rounds of search instead of seconds: equal bytes for equal input and seed.
    seed
        Of the search.
    """
    from u24.desk.answering import Limits, answer_case  # noqa: PLC0415

    if work is not None:
        limits = Limits(seconds=None, work=work, seed=seed)
    else:
        limits = Limits(seconds=2.8 if seconds is None else seconds, seed=seed)
    answer = answer_case(case, limits=limits)
    return PlannedCase(**{field.name: getattr(answer, field.name) for field in fields(answer)})


def check_plan(case: "Case", plan: "Answer | Plan") -> "tuple[Violation, ...]":
    """Every rule that a plan breaks, by the independent checker; empty if it holds."""
    from u24.desk.answering import check_against_case  # noqa: PLC0415

    return check_against_case(case, plan.planned.plan if isinstance(plan, Answer) else plan)
