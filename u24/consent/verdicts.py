"""From the host's windows and all reasons to one verdict."""

from collections.abc import Sequence
from datetime import datetime

from u24.consent.corridors import Ways
from u24.consent.windows import Window, cut
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict, least

Windows = tuple[Window, ...]


def verdict_of(
    case: Case, ways: Ways, reasons: Sequence[Reason], until_at: datetime | None = None
) -> Verdict:
    """The least of what reasons leave and of what the windows say.

    Parameters
    ----------
    ways
        When and where the host says yes.
    reasons
        All of them, those of the host as well. One that leaves ``no`` closes every window,
        ``not_yet`` opens from its ``by_at`` on, or not yet at all without one.
    until_at
        The offer's end; None: open.
    """
    windows = _left(cut(ways.windows, case.t0_at, until_at), reasons)
    permission = least({_of_time(case, windows), *(reason.leaves for reason in reasons)})
    if _is_pending(reasons):
        windows = ()
    by_site = {
        site: _left(cut(times, case.t0_at, until_at), reasons)
        for site, times in (ways.by_site if windows else {}).items()
    }
    closed = tuple(sorted(site for site, times in by_site.items() if times != windows))
    return Verdict(
        permission=permission,
        windows=windows,
        reasons=tuple(reasons),
        closed_corridors=closed,
        corridor_windows=tuple((site, by_site[site]) for site in ways.ways_in) if closed else (),
    )


def _left(windows: Windows, reasons: Sequence[Reason]) -> Windows:
    """What reasons leave of windows, apart from waiting for what nobody can date."""
    for reason in reasons:
        if reason.leaves is Permission.NO:
            return ()
        if reason.leaves is Permission.NOT_YET and reason.by_at is not None:
            windows = cut(windows, reason.by_at, None)
    return windows


def _is_pending(reasons: Sequence[Reason]) -> bool:
    """Whether something must come first of which nobody knows when it does."""
    return any(each.leaves is Permission.NOT_YET and each.by_at is None for each in reasons)


def _of_time(case: Case, windows: Windows) -> Permission:
    if not windows:
        return Permission.NO
    return Permission.NOT_YET if windows[0][0] > case.t0_at else Permission.YES
