"""What all facts have in common."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime

from u24.clock import require_utc

_MOMENTS: dict[type, tuple[str, ...]] = {}  # by class: looking up fields costs more than checking


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that was said or done; ``said_at`` is when, by the desk that heard it.

    A fact is never changed. What was wrong is said anew, with a reason (``FactCorrected``).
    Every field whose name ends in ``_at`` is a moment in UTC.
    """

    said_at: datetime

    def __post_init__(self) -> None:
        cls = type(self)
        names = _MOMENTS.get(cls)
        if names is None:
            names = tuple(field.name for field in fields(cls) if field.name.endswith("_at"))
            _MOMENTS[cls] = names
        for name in names:
            moment = getattr(self, name)
            # Hundreds of thousands are read from a ledger, and there UTC is always this object.
            if moment is not None and moment.tzinfo is not UTC:
                require_utc(**{name: moment})
