"""What the host does not allow, as reasons with who can lift them, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from u24.consent.corridors import REST, Closure, Narrowing, Ways
from u24.consent.windows import Window, span_text
from u24.domain.consent import Consent, Permission, Reason

APPEAL = "UNGA 46/182"  # annex, guiding principle 3
NO_WORD = "; foreign help moves with its consent and on the basis of an appeal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the host was asked for: of which member, and under which word of its own."""

    host: str
    member: str
    kind: str
    military: bool = False
    t0_at: datetime

    def __str__(self) -> str:
        return f"{'military ' if self.military else ''}{self.kind} of {self.member}"

    @property
    def lift(self) -> str:
        """The host's yes, as ``--what-if`` reads it."""
        return f"consent:{self.member}/{self.kind}=yes"


def consent_reasons(ways: Ways, asked: Asked) -> tuple[Reason, ...]:
    """One reason for each row and stretch without a yes, and one for each narrower way in."""
    return (
        *(_refusal(closure, ways.named, asked) for closure in ways.closures),
        *(_by_way(narrowing, ways.named, asked) for narrowing in ways.narrowings),
    )


def _refusal(closure: Closure, named: Iterable[str], asked: Asked) -> Reason:
    row = closure.row
    says = f"host {asked.host} has given no consent to {asked}"
    if row is not None:
        says = f"host {asked.host} refuses {asked}"
    if closure.points:
        says += f" by way of {_points_text(closure.points, named)}"
    says += span_text(closure.window, asked.t0_at)
    return Reason(
        code="host-consent",
        text=says + NO_WORD if row is None else says + _notes([row]),
        lifted_by=f"host {asked.host}",
        leaves=_leaves(closure.gap, asked.t0_at),
        lift=asked.lift,
        by_at=closure.gap[1],
        sources=(APPEAL,) if row is None else row.grounds.sources,
    )


def _leaves(gap: Window, t0_at: datetime) -> Permission:
    """What a time without consent leaves; rows that follow one another count as one time."""
    from_at, until_at = gap
    if from_at > t0_at:
        return Permission.WITHIN_LIMITS
    return Permission.NO if until_at is None else Permission.NOT_YET


def _by_way(narrowing: Narrowing, named: Iterable[str], asked: Asked) -> Reason:
    points = _points_text(narrowing.points, named)
    text = f"host {asked.host} lets {asked} in by way of {points}"
    spans = [span_text(window, asked.t0_at) for window in narrowing.windows]
    text += f" only{' and'.join(spans)}" if spans else " at no time"
    opens_at = narrowing.windows[0][0] if narrowing.windows else None
    return Reason(
        code="host-consent-corridor",
        text=text + _notes(narrowing.rows),
        lifted_by=f"host {asked.host}",
        lift=asked.lift,
        by_at=opens_at if opens_at != asked.t0_at else None,
        sources=tuple(dict.fromkeys(key for row in narrowing.rows for key in row.grounds.sources)),
    )


def _points_text(points: Iterable[str], named: Iterable[str]) -> str:
    rest = f"any point but {', '.join(named)}"
    return ", ".join(rest if point == REST else point for point in points)


def _notes(rows: Iterable[Consent]) -> str:
    notes = dict.fromkeys(row.grounds.note for row in rows if row.grounds.note)
    return f": {'; '.join(notes)}" if notes else ""
