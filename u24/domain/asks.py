"""What is asked for when one of several things would do."""

from dataclasses import dataclass, field
from enum import StrEnum

from u24.domain.figures import Grounds


class Join(StrEnum):
    """How the parts of an ask belong together."""

    ANY_OF = "any_of"  # in order of preference
    ALL_OF = "all_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One node: a proposal, a need or an offer by its id, or parts joined.

    A leaf has a ``subject`` and no parts; a join has parts and no subject.
    """

    subject: str = ""
    join: Join | None = None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A wish with alternatives, e.g. ``any_of(no-fly-zone, all_of(s300, aircraft))``."""

    ask_id: str
    title: str
    wanted: Part
    grounds: Grounds = field(default_factory=Grounds)
