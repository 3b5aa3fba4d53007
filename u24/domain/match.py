"""Who has what is needed: candidates, and why the others are none."""

from dataclasses import dataclass
from datetime import datetime

from u24.domain.consent import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A lot that may serve a need.

    One pack covers ``pack_units * factor_share`` units of the need. It may be loaded only
    inside one of ``windows``, from the first moment and before the second (``None``: open
    end). ``only_via`` and ``not_via`` name airports of arrival when a caveat does; empty
    means any. ``is_substitute``: the lot is of another kind than the need asks for.
    """

    lot_id: str
    need_id: str
    factor_share: float
    windows: tuple[tuple[datetime, datetime | None], ...]
    only_via: tuple[str, ...] = ()
    not_via: tuple[str, ...] = ()
    limits: tuple[Reason, ...] = ()
    is_substitute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NonMatch:
    """A lot of the right kind that may not go to this need, and why."""

    lot_id: str
    need_id: str
    reasons: tuple[Reason, ...]
