"""Request and offer tables, declared once: sheets, headings, types, units, limits, meaning.

The reader, the templates and docs/reference/request-offer-tables.md are made from this. A new
column is one line here; what it does is said in ``words.py``.
"""

from dataclasses import dataclass
from typing import Any

from u24.domain.figures import Basis
from u24.intake.case_folder.column import ID, LOWER_ID, Column, Refers, Type
from u24.intake.case_folder.declaring import MANY

FORMAT_NAMES = ("csv", "xlsx")
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_MESSAGES = 100
MOST_VEHICLES = 500  # of one table
LARGEST_TABLE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column as a partner sees it: a heading, and a tag after HXL for programs."""

    column: Column
    heading: str
    tag: str

    @property
    def name(self) -> str:
        """Our name of the column."""
        return self.column.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook, or one CSV file. ``unique`` tells its rows apart."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    unique: str

    def find(self, name: str) -> Field | None:
        """The field of our name; None if there is none."""
        return next((field for field in self.fields if field.name == name), None)


def _f(name: str, heading: str, tag: str, type_: Type, meaning: str, **more: Any) -> Field:
    column = Column(name=name, type=type_, meaning=meaning, **more)
    return Field(column=column, heading=heading, tag=tag)


TEXT, WHOLE, NUMBER, MOMENT = Type.TEXT, Type.WHOLE, Type.NUMBER, Type.MOMENT
_MEMBER = _f(
    "member", "Member", "#country+code+iso3", TEXT, "the country that gives it",
    example="ROU", required=True, refers=Refers.COUNTRY,
)  # fmt: skip
_MILITARY = _f(
    "military", "Armed forces", "#meta+military", Type.YES_NO,
    "whether it belongs to armed forces", example="no", default="no",
)  # fmt: skip
_PROPOSAL = _f(
    "proposal", "Proposal", "#meta+proposal", TEXT,
    "the proposal that it is a part of; it moves only if that may be done", example="airlift",
    pattern=ID, refers=Refers.PROPOSAL,
)  # fmt: skip
_CAVEATS = _f(
    "caveats", "Conditions", "#description+conditions", Type.CAVEATS, "the member's conditions",
    example="not_via:LTAJ;not_before_h:8",
)  # fmt: skip
_GROUNDS = (
    _f(
        "basis", "Basis", "#meta+basis", TEXT,
        "what the row rests on: a source says so (fact), you say so (stated), it is computed "
        "(estimated), or reasoned (assumed)",
        example="stated", default=str(Basis.STATED), words=tuple(str(each) for each in Basis),
    ),
    _f(
        "source", "Source", "#meta+source", Type.WORDS, "keys of sources", example="S1;S2",
        pattern=ID,
    ),
    _f("note", "Note", "#description+note", TEXT, "a remark"),
)  # fmt: skip

NEEDS = Sheet(
    name="Needs",
    meaning="What is needed where: one row a kind and place.",
    unique="need_id",
    fields=(
        _f(
            "need_id", "Need", "#meta+id", TEXT, "the row's own name; keep it when you send anew",
            example="N1", required=True, pattern=ID,
        ),
        _f(
            "place", "Place", "#loc+code", TEXT, "where it is needed: the id of a place",
            example="antakya", required=True, pattern=LOWER_ID, refers=Refers.PLACE,
        ),
        _f(
            "kind", "Kind", "#item+code", TEXT, "what is needed", example="usar_heavy",
            required=True, pattern=ID,
        ),
        _f(
            "amount_low", "At least", "#value+min", NUMBER, "the least it may be", example="8",
            low=0, high=MANY, default_note="the best figure",
        ),
        _f(
            "amount_best", "Amount", "#value+best", NUMBER, "the best figure", example="10",
            required=True, above=0, high=MANY,
        ),
        _f(
            "amount_high", "At most", "#value+max", NUMBER, "the most it may be", example="14",
            low=0, high=MANY, default_note="the best figure",
        ),
        _f(
            "planned", "To plan", "#value+planned", WHOLE, "what to plan for", example="10",
            low=1, high=MANY, default_note="the best figure, rounded up",
        ),
        _f(
            "due_at", "Due (UTC)", "#date+due", MOMENT, "until then it counts in full",
            example="2023-02-07T01:17Z", required=True,
        ),
        _f(
            "deadline_at", "Deadline (UTC)", "#date+deadline", MOMENT,
            "from then on it counts nothing; in between it falls in a straight line",
            example="2023-02-08T01:17Z", default_note="when it is due",
        ),
        _f(
            "weight", "Weight", "#indicator+weight", NUMBER, "how much it matters", example="5",
            above=0, high=1_000_000, default="1",
        ),
        _f(
            "substitutes", "Substitutes", "#item+substitutes", Type.SUBSTITUTES,
            "kinds that also serve, and how much one unit of each counts",
            example="usar_medium:0.5;usar_light:0.2",
        ),
        *_GROUNDS,
        _f(
            "or_similar", "Or similar", "#meta+similar", Type.YES_NO,
            "of controlled goods: whether what the host's crews can run as well will do",
            example="no", default="no",
        ),
        _PROPOSAL,
    ),
)  # fmt: skip

GOODS = Sheet(
    name="Goods",
    meaning="Goods and teams that you offer: one row a kind and place.",
    unique="lot_id",
    fields=(
        _f(
            "lot_id", "Lot", "#meta+id", TEXT, "the row's own name; keep it when you send anew",
            example="O1", required=True, pattern=ID,
        ),
        _MEMBER,
        _f(
            "kind", "Kind", "#item+code", TEXT, "what is offered", example="usar_heavy",
            required=True, pattern=ID,
        ),
        _f(
            "site", "Site", "#loc+origin+code", TEXT,
            "where it stands: an airport code, or the id of a place of the case",
            example="LROP", required=True, pattern=ID, refers=Refers.SITE,
        ),
        _f(
            "packs", "Packs", "#item+packs+num", WHOLE, "how many packs (of a team: 1)",
            example="1", required=True, low=1, high=MANY,
        ),
        _f(
            "pack_kg", "Kilograms of a pack", "#item+pack+kg", NUMBER, "mass of one pack",
            example="16000", unit="kg", above=0, high=1_000_000,
            default_note="from the goods or teams table",
        ),
        _f(
            "pack_l", "Litres of a pack", "#item+pack+litres", NUMBER, "volume of one pack",
            example="64000", unit="litres", above=0, high=1_000_000,
            default_note="from the goods or teams table",
        ),
        _f(
            "pack_people", "People with a pack", "#item+pack+people", WHOLE,
            "people who travel with one pack", example="65", low=0, high=10_000,
            default_note="from the teams table; goods: 0",
        ),
        _f(
            "pack_units", "Units in a pack", "#item+pack+units", WHOLE,
            "units of the kind in one pack", example="1", low=1, high=MANY, default="1",
        ),
        _f(
            "ready_at", "Ready (UTC)", "#date+ready", MOMENT, "when it can leave",
            example="2023-02-06T07:00Z", required=True,
        ),
        _f(
            "valid_until_at", "Valid until (UTC)", "#date+end", MOMENT, "end of the offer",
            example="2023-02-09T01:00Z", default_note="open",
        ),
        _CAVEATS,
        *_GROUNDS,
        _MILITARY,
        _PROPOSAL,
    ),
)  # fmt: skip

VEHICLES = Sheet(
    name="Vehicles",
    meaning="Aircraft and lorries that you offer.",
    unique="vehicle_id",
    fields=(
        _f(
            "vehicle_id", "Vehicle", "#meta+id", TEXT,
            "the row's own name; keep it when you send anew", example="L1", required=True,
            pattern=ID,
        ),
        _MEMBER,
        _f(
            "class", "Class", "#item+class", TEXT, "its type", example="C130H", required=True,
            refers=Refers.CLASS,
        ),
        _f(
            "count", "Count", "#item+num", WHOLE, "how many; above 1 they become L1/1, L1/2 ...",
            example="1", low=1, high=MOST_VEHICLES, default="1",
        ),
        _f(
            "home", "Home", "#loc+origin+code", TEXT,
            "where it stands: an airport code, or the id of a place of the case",
            example="LROP", required=True, pattern=ID, refers=Refers.SITE,
        ),
        _f(
            "available_at", "Available (UTC)", "#date+start", MOMENT, "when it can start",
            example="2023-02-06T05:00Z", required=True,
        ),
        _f(
            "until_at", "Until (UTC)", "#date+end", MOMENT, "when it must stop",
            example="2023-02-08T13:00Z", required=True,
        ),
        _CAVEATS,
        *_GROUNDS,
        _MILITARY,
    ),
)  # fmt: skip

REQUEST = (NEEDS,)
OFFER = (GOODS, VEHICLES)
