"""What a column may say: its type, unit, limits, default, meaning and examples."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What a cell holds; the value is what a message asks for."""

    TEXT = "text"
    WHOLE = "a whole number"
    NUMBER = "a number"
    YES_NO = "yes or no"
    MOMENT = "a UTC moment like 2023-02-06T20:17Z"
    WORDS = "words separated by ;"
    CAVEATS = "caveats like not_to:SYR;only_via:LTAF"
    DAY = "a day like 2022-03-01"
    WANTED = "alternatives like any_of(no-fly-zone, all_of(s300-svk, mig29-pol))"
    SUBSTITUTES = "substitutes like usar_medium:0.5;usar_light:0.2"
    SPANS = "hours after T0 like 0-132;140-141 or 0- (to the end)"
    DAY_SPAN = "opening hours in UTC like 05:00-22:00"
    TRACE = "[longitude, latitude] points like [[36.1, 36.9], [36.5, 37.2]]"


class Refers(StrEnum):
    """What a word in a cell must be the name of."""

    PLACE = "the id of one of the [[places]] of case.toml"
    AIRPORT = "the ICAO or IATA code of an airport"
    SITE = "the id of one of the [[places]] of case.toml or an airport code"
    KIND = "a kind of the reference tables, or of an offer that gives pack_kg and pack_l"
    DESTINATION = "a place id of case.toml or an ISO 3166-1 alpha-3 code"
    CONSENT_KIND = "a kind, a class of aircraft or lorries, or goods, people, military, lift"
    CLASS = "a class of the aircraft or lorries tables"
    LORRY = "a class of the lorries table"
    SOURCE = "a key of sources.csv"
    COUNTRY = "an ISO 3166-1 alpha-3 code like TUR, or XAA to XZZ for an organisation"
    MEMBER = "an ISO 3166-1 alpha-3 code like TUR, or one of EU, NATO, UN, UNSC"
    LAWGIVER = "an ISO 3166-1 alpha-3 code like TUR, one of EU, NATO, UN, UNSC, or XAA to XZZ"
    ORGANISATION = "one of EU, NATO, UN, UNSC"
    PHASE = "the name of one of the [[phases]] of case.toml"
    PROPOSAL = "the id of one of the [[proposals]] of case.toml"
    CONDITION = "the id of one of the [[conditions]] of case.toml, or of a standard condition"
    GATE = "a gate of the gates table"
    CREW_FAMILY = "a crew family of the controlled goods table"
    GATED = "the id of an offer or of a proposal"
    JUDGED = "the id of an offer, of a proposal or of an ask"
    ASK = "the id of one of the [[asks]] of case.toml"
    WISH = "the id of a proposal, of a need or of an offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A form that words must have, and how a message describes it."""

    form: str
    wanted: str

    def fits(self, word: str) -> bool:
        """Whether the whole word has the form."""
        return re.fullmatch(self.form, word) is not None


ISO3_OR_ANY = Pattern(form=r"[A-Z]{3}|\*", wanted=f"{Refers.COUNTRY}, or * for any")
HAZARD = Pattern(form="[A-Z]{2}[0-9]{4}", wanted="2 capital letters and 4 digits like GH0101")
LOWER_ID = Pattern(form="[a-z0-9][a-z0-9_-]{0,59}", wanted="1 to 60 of a-z, 0-9, - and _")
CASE_ID = Pattern(form="[a-z0-9][a-z0-9-]{0,59}", wanted="1 to 60 of a-z, 0-9 and -")
ID = Pattern(
    form="[A-Za-z0-9][A-Za-z0-9_.-]{0,59}", wanted="1 to 60 letters without accents, digits, . - _"
)
ID_OR_ANY = Pattern(form=ID.form + r"|\*", wanted=ID.wanted + ", or * for any")
URL = Pattern(form=r"https?://\S+", wanted="an address that begins with https:// or http://")
DATE = Pattern(
    form="[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    wanted="a date like 2023, 2023-02 or 2023-02-06",
)
KIND_OR_ANY = Pattern(form=ID_OR_ANY.form, wanted="a kind like usar_heavy, or * for any")
TABLE_FILE = Pattern(
    form=r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}\.csv", wanted="the name of a .csv file in the folder"
)

LONGEST_CELL = 10_000
FIGURES = {Type.WHOLE, Type.NUMBER, Type.YES_NO, Type.MOMENT, Type.DAY, Type.TRACE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a CSV file, or a key of case.toml.

    ``low`` and ``high`` are allowed values, ``above`` is not. ``default`` is written as
    in a cell; ``default_note`` tells of a default that depends on something else.
    ``example`` is a cell as a user would write it.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    required: bool = False
    low: float | None = None
    above: float | None = None
    high: float | None = None
    default: str = ""
    default_note: str = ""
    words: tuple[str, ...] = ()
    pattern: Pattern | None = None
    refers: Refers | None = None
    example: str = ""

    @property
    def wanted(self) -> str:
        """What a message asks for, e.g. ``a whole number, 1 or more``."""
        if self.words:
            what = "one of " + ", ".join(self.words)
        elif self.pattern:
            several = f"{self.type}, each " if self.type is Type.WORDS else ""
            what = several + self.pattern.wanted
        elif self.refers and self.type is Type.TEXT:
            what = str(self.refers)
        else:
            what = f"{self.unit} as {self.type}" if self.unit else str(self.type)
        return what + self.limits

    @property
    def if_empty(self) -> str:
        """What an empty cell means, e.g. ``72`` or ``unknown``."""
        if self.required:
            return "not allowed"
        nothing = "unknown" if self.type in FIGURES else "none"
        return self.default or self.default_note or nothing

    @property
    def limits(self) -> str:
        """The range in words, with a comma before it; empty where there is none."""
        told = []
        if self.low is not None:
            told.append(f"{self.low:,.10g} or more")
        if self.above is not None:
            told.append(f"above {self.above:,.10g}")
        if self.high is not None:
            told.append(f"at most {self.high:,.10g}")
        return "".join(f", {each}" for each in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file, or a section of case.toml, with its columns.

    ``unique`` names the columns that together tell its rows apart. ``many`` is whether a
    section of case.toml may come more than once.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    required: bool = False
    unique: tuple[str, ...] = ()
    many: bool = True

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in the order of the schema."""
        return tuple(column.name for column in self.columns)

    def find_column(self, name: str) -> Column | None:
        """The column of that name; None if there is none."""
        return next((column for column in self.columns if column.name == name), None)
