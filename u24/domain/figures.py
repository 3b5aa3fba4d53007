"""Figures as they are known: a range, and the grounds it stands on."""

from dataclasses import dataclass
from enum import StrEnum

from u24.errors import InvalidInput


class Basis(StrEnum):
    """What a figure rests on. A report counts facts and assumptions apart."""

    FACT = "fact"  # a source states it
    STATED = "stated"  # the requesting state or the offering member said so
    ESTIMATED = "estimated"  # computed by the needs room from sourced rates
    ASSUMED = "assumed"  # reasoned by whoever wrote the case; the note holds the reasoning


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a row is believed: its basis, the keys of its sources, and a note."""

    basis: Basis = Basis.ASSUMED
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Low, best and high of one figure; never added up across sources.

    Raises
    ------
    InvalidInput
        The three are not in order, or one is below 0.
    """

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high:
            raise InvalidInput(
                f"range is {self.low} / {self.best} / {self.high}; "
                "it must be 0 <= low <= best <= high"
            )

    def scaled(self, factor: float) -> "Range":
        """The same range times ``factor`` (0 or more)."""
        return Range(low=self.low * factor, best=self.best * factor, high=self.high * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts of a case come from; rows name it by ``key``."""

    key: str
    title: str
    url: str = ""
    date: str = ""
