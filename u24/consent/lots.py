"""Whether lots may move, and when."""

from collections.abc import Sequence

from u24.consent.caveats import caveat_reasons, not_before_at, validity_reason
from u24.consent.windows import (
    Stretch,
    Window,
    consent_reasons,
    cut,
    list_stretches,
    open_windows,
)
from u24.domain.case import Case
from u24.domain.consent import Consent, Permission, Reason, Verdict
from u24.domain.offers import Lot

DOMESTIC = Consent(members=(), kinds=(), allowed=True)


def judge_lots(case: Case) -> dict[str, Verdict]:
    """The verdict on every lot of the case, by lot id, in order of id."""
    stretches: dict[tuple[str, str], tuple[Stretch, ...]] = {}
    verdicts = {}
    for lot in sorted(case.lots, key=lambda lot: lot.lot_id):
        key = (lot.member, lot.kind)
        if key not in stretches:
            stretches[key] = _stretches(case, lot)
        verdicts[lot.lot_id] = _judge(case, lot, stretches[key])
    return verdicts


def judge_lot(case: Case, lot: Lot) -> Verdict:
    """Judge whether a lot may move to the host, and when.

    The windows are those of the host's consent, cut to the offer's validity and to what
    its ``not_before_h`` caveats leave, from T0 on. Caveats of place and airport are kept
    as reasons: which need they bar is for matching to say.

    Raises
    ------
    InvalidInput
        A ``not_before_h`` whose argument is no number of hours.
    """
    return _judge(case, lot, _stretches(case, lot))


def permission_of(case: Case, windows: Sequence[Window], reasons: Sequence[Reason]) -> Permission:
    """The word for these windows; a further reason never moves it towards yes."""
    if not windows:
        return Permission.NO
    if windows[0][0] > case.t0_at:
        return Permission.NOT_YET
    return Permission.WITHIN_LIMITS if reasons else Permission.YES


def _stretches(case: Case, lot: Lot) -> tuple[Stretch, ...]:
    if lot.member == case.host:
        return list_stretches([DOMESTIC], case.t0_at)
    rows = [row for row in case.consents if row.speaks_of(lot.member, (lot.kind,))]
    return list_stretches(rows, case.t0_at)


def _judge(case: Case, lot: Lot, stretches: tuple[Stretch, ...]) -> Verdict:
    subject = f"{lot.kind} of {lot.member}"
    windows = cut(open_windows(stretches), not_before_at(case, lot.caveats), lot.valid_until_at)
    reasons = [
        *consent_reasons(stretches, case.host, subject, case.t0_at),
        *caveat_reasons(case, lot.member, lot.caveats),
    ]
    if lot.valid_until_at is not None:
        reasons.append(validity_reason(lot.member, lot.valid_until_at))
    return Verdict(
        permission=permission_of(case, windows, reasons), windows=windows, reasons=tuple(reasons)
    )
