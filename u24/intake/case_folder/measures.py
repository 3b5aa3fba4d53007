"""What a recorded outcome may measure, of what, and which answers there are."""

from dataclasses import dataclass

from u24.domain.consent import Permission
from u24.domain.decisions import Outcome
from u24.intake.case_folder.column import Refers

NONE = "none"  # how an empty list is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """``subject`` is what it is asked of. The answer is one of ``words``, or a list of names.

    Names are of the sort ``lists``; None: any word.
    """

    meaning: str
    subject: Refers
    words: tuple[str, ...] = ()
    lists: Refers | None = None


def _members(meaning: str) -> Measure:
    return Measure(meaning=meaning, subject=Refers.PROPOSAL, lists=Refers.MEMBER)


def _foreigners(meaning: str) -> Measure:
    return Measure(meaning=meaning, subject=Refers.CONSENT_KIND, lists=Refers.COUNTRY)


MEASURES = {
    "permission": Measure(
        meaning="the verdict",
        subject=Refers.JUDGED,
        words=tuple(str(each) for each in Permission),
    ),
    "outcome": Measure(
        meaning="what the members decided",
        subject=Refers.PROPOSAL,
        words=tuple(str(each) for each in Outcome),
    ),
    "chosen": Measure(meaning="what was done of an ask", subject=Refers.ASK, lists=Refers.WISH),
    "supporters": _members("members that support it"),
    "objectors": _members("members that oppose it, or for which it is a red line"),
    "conditional": _members("members that set conditions"),
    "undecided": _members("members that are undecided"),
    "unmet": Measure(
        meaning="conditions that were set and do not hold",
        subject=Refers.PROPOSAL,
        lists=Refers.CONDITION,
    ),
    "barred_by": Measure(meaning="codes of the reasons that bar it", subject=Refers.GATED),
    "admitted": _foreigners("foreign members whose offers of it may move at that moment"),
    "refused": _foreigners("foreign members whose offers of it may not move at that moment"),
    "contributors": _members("members with a position that may take part"),
}
