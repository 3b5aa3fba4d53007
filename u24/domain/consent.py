"""May this move? The host's consent, and verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.errors import InvalidInput

ANY = "*"
# Words that a consent's kinds may hold beside ids of kinds and of classes of vehicles.
LIFT = "lift"  # every vehicle
GOODS = "goods"  # whatever has no people in it
PEOPLE = "people"  # teams, and all else that people travel with
MILITARY = "military"  # whatever belongs to armed forces: teams, goods or lift
TYPE_WORDS = (GOODS, PEOPLE, MILITARY, LIFT)
EITHER = "|"


def alternatives(argument: str) -> tuple[str, ...]:
    """The names in a caveat's argument: ``ADA|GZT`` means either of the two.

    Several caveats of one offer must hold all together, so that a further one never
    allows more; what is an alternative is therefore written inside one caveat.
    """
    return tuple(name.strip() for name in argument.split(EITHER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The host's yes or no to members x kinds x phases x times x corridors.

    ``members`` holds ISO3 codes or ``*``; ``kinds`` ids of kinds, ids of classes of
    vehicles, the words of ``TYPE_WORDS``, or ``*``. ``phases`` names phases of the case and
    ``corridors`` points of entry; empty means all of them. Among rows that apply, the last
    one decides, so a general yes may be followed by a narrower no.
    """

    members: tuple[str, ...]
    kinds: tuple[str, ...]
    allowed: bool
    from_at: datetime | None = None
    until_at: datetime | None = None
    phases: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        for name in ("from_at", "until_at"):
            moment = getattr(self, name)
            if moment is not None:
                require_utc(**{name: moment})
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            raise InvalidInput(
                f"consent: until {self.until_at.isoformat()} is not after "
                f"from {self.from_at.isoformat()}"
            )

    def speaks_of(self, member: str, names: Iterable[str]) -> bool:
        """Whether this row is about that member and any of these kinds and type words."""
        return (ANY in self.members or member in self.members) and (
            ANY in self.kinds or not set(self.kinds).isdisjoint(names)
        )


class Permission(StrEnum):
    """A verdict's word, from the least to the most. A further reason never moves it up."""

    NO = "no"
    NOT_YET = "not_yet"
    WITHIN_LIMITS = "within_limits"
    YES = "yes"

    @property
    def rank(self) -> int:
        """0 (no) .. 3 (yes)."""
        return _RANKS[self]

    @property
    def bars(self) -> bool:
        """Whether it leaves nothing to move now: no, or not yet."""
        return self.rank < Permission.WITHIN_LIMITS.rank


_RANKS = {permission: rank for rank, permission in enumerate(Permission)}


def least(permissions: Iterable[Permission]) -> Permission:
    """The lowest of them; yes if there is none."""
    return min(permissions, key=_RANKS.__getitem__, default=Permission.YES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a verdict is what it is, who could change it, and by when.

    ``leaves`` is the most that this reason alone allows, so that a verdict is the least of
    its reasons. ``lift`` names the one change that would take the reason away, as
    ``u24 decide --what-if`` reads it (``cease-fire=true``); empty where no such change is
    known.
    """

    code: str  # e.g. host-consent, caveat-not-to, gate-att-6
    text: str
    lifted_by: str = ""
    leaves: Permission = Permission.WITHIN_LIMITS
    lift: str = ""
    by_at: datetime | None = None  # by when it can be lifted, where that is known
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """May this move? With every reason that weighed, and the times at which it may.

    ``windows`` are in order and half-open: some point of entry is open to it then.
    ``closed_corridors`` are points of entry that the host keeps closed to it during some or
    all of them. Where there are any, ``corridor_windows`` tells of each way in when it is
    open; which one is taken where they open in turn is for matching to say.
    """

    permission: Permission
    windows: tuple[tuple[datetime, datetime | None], ...] = ()
    reasons: tuple[Reason, ...] = ()
    closed_corridors: tuple[str, ...] = ()
    corridor_windows: tuple[tuple[str, tuple[tuple[datetime, datetime | None], ...]], ...] = ()

    @property
    def bars(self) -> tuple[Reason, ...]:
        """The reasons that leave less than a yes within limits."""
        return tuple(reason for reason in self.reasons if reason.leaves.bars)

    @property
    def flips(self) -> tuple[str, ...]:
        """Single changes, any one of which lets it move; none where several are needed."""
        lifts = {reason.lift for reason in self.bars}
        return tuple(lifts) if len(lifts) == 1 and "" not in lifts else ()
