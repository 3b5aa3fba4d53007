"""A wish with alternatives: the first that may be done, and why not those before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from u24.domain.asks import Ask, Join, Part
from u24.domain.consent import Permission, Reason, least
from u24.domain.judgement import Choice, TriedPart

PermissionOf = Callable[[str], tuple[Permission, tuple[Reason, ...]]]


def choose(ask: Ask, permission_of: PermissionOf) -> Choice:
    """Choose what is to be done of a wish.

    Of ``any_of`` the first part that may be done (yes, or within limits) is chosen and none
    after it is tried; of ``all_of`` every part is tried, and all must be possible. Where a
    part is chosen that was not the first wish, the wish is granted within limits at most, so
    that one more bar never makes the answer better. Where none may be done, nothing is
    chosen and the best of what was found is told.

    Parameters
    ----------
    ask
        Its ids are proposals, needs or offers.
    permission_of
        What may be done of one id, with every reason.

    Returns
    -------
    Choice
        ``tried`` holds every part that was looked at, in the order written, a join before
        its parts; the whole wish itself only if it is a single id. The reasons of a join
        are those of its parts.
    """
    found = _weigh(ask.wanted, permission_of)
    rows = found.rows if ask.wanted.join is None else found.rows[1:]
    chosen = () if found.permission.bars else found.subjects
    return Choice(ask_id=ask.ask_id, permission=found.permission, chosen=chosen, tried=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """A part with what may be done of it; ``rows`` begin with the part itself."""

    permission: Permission
    subjects: tuple[str, ...]  # what would be done, or all it names where it may not be done
    reasons: tuple[Reason, ...]
    rows: tuple[TriedPart, ...] = ()


def _weigh(part: Part, permission_of: PermissionOf) -> _Weighed:
    if part.join is None:
        permission, reasons = permission_of(part.subject)
        found = _Weighed(permission=permission, subjects=(part.subject,), reasons=reasons)
        return _with_row(found, part, ())
    if part.join is Join.ALL_OF:
        tried = [_weigh(each, permission_of) for each in part.parts]
        permission = least(each.permission for each in tried)
    else:
        tried = _until_possible(part.parts, permission_of)
        permission = _of_alternatives(tried)
    if permission.bars:
        subjects = part.subjects
    else:
        taken = tried if part.join is Join.ALL_OF else tried[-1:]
        subjects = tuple(dict.fromkeys(each for one in taken for each in one.subjects))
    reasons = tuple(dict.fromkeys(reason for each in tried for reason in each.reasons))
    found = _Weighed(permission=permission, subjects=subjects, reasons=reasons)
    return _with_row(found, part, tried)


def _until_possible(parts: Iterable[Part], permission_of: PermissionOf) -> list[_Weighed]:
    tried = []
    for part in parts:
        tried.append(_weigh(part, permission_of))
        if not tried[-1].permission.bars:
            break
    return tried


def _of_alternatives(tried: list[_Weighed]) -> Permission:
    """The word for those tried; the last of them is possible, or none is."""
    last = tried[-1].permission
    if last.bars:
        return max((each.permission for each in tried), key=lambda each: each.rank)
    return last if len(tried) == 1 else Permission.WITHIN_LIMITS


def _with_row(found: _Weighed, part: Part, tried: Iterable[_Weighed]) -> _Weighed:
    row = TriedPart(
        subjects=found.subjects,
        permission=found.permission,
        reasons=found.reasons,
        join=part.join,
    )
    return replace(found, rows=(row, *(below for each in tried for below in each.rows)))
