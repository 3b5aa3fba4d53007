"""The case folder, declared once: files, columns, types, units, limits, defaults, meaning.

The reader, the template of ``u24 new`` and docs/reference/case-folder.md are made from
this. A new column is one line here; what it does for a plan is said in ``build.py``.
"""

from typing import Any

from u24.domain.figures import Basis
from u24.domain.proposals import Stance
from u24.intake.case_folder.column import (
    CASE_ID,
    DATE,
    HAZARD,
    ID,
    ISO3_OR_ANY,
    KIND_OR_ANY,
    LOWER_ID,
    TABLE_FILE,
    URL,
    Column,
    Refers,
    Table,
    Type,
)

FORMAT = 1
CASE_FILE = "case.toml"
LARGEST_FILE_BYTES = 20_000_000
LARGEST_CASE_FILE_BYTES = 200_000  # written by hand; a longer one is a mistake
MOST_ROWS = 200_000
MOST_VEHICLES = 10_000
EARLIEST_H = -8760  # a year before T0: stock that has long been ready
LATEST_H = 8760
LONGEST_HORIZON_H = 96
DUE_H = 72
MANY = 10_000_000  # more than any case holds, and small enough for 64-bit sums

TEXT, WHOLE, NUMBER, YES_NO = Type.TEXT, Type.WHOLE, Type.NUMBER, Type.YES_NO
MOMENT, WORDS, SENTENCES = Type.MOMENT, Type.WORDS, Type.SENTENCES
CAVEATS, SUBSTITUTES, SPANS = Type.CAVEATS, Type.SUBSTITUTES, Type.SPANS
DAY_SPAN, TRACE = Type.DAY_SPAN, Type.TRACE


def _c(name: str, type_: Type, meaning: str, example: str = "", **more: Any) -> Column:
    return Column(name=name, type=type_, meaning=meaning, example=example, **more)


def _h(name: str, meaning: str, example: str = "", **more: Any) -> Column:
    limits = {"low": 0, "high": LATEST_H, "unit": "hours after T0"} | more
    return _c(name, NUMBER, meaning, example, **limits)


def _table(name: str, meaning: str, *columns: Column, **more: Any) -> Table:
    return Table(name=name, meaning=meaning, columns=columns, **more)


MEMBER = _c(
    "member", TEXT, "the country that gives it", "ROU", required=True, refers=Refers.COUNTRY
)
GROUNDS = (
    _c(
        "basis",
        TEXT,
        "what the row rests on: a source says so (fact), the state or member said so (stated), "
        "it is computed (estimated), or reasoned (assumed)",
        "stated",
        required=True,
        words=tuple(str(each) for each in Basis),
    ),
    _c(
        "source",
        WORDS,
        "where it stands; needed where basis is fact or stated",
        "S1;S2",
        pattern=ID,
        refers=Refers.SOURCE,
    ),
    _c("note", TEXT, "a remark; where basis is assumed it holds the reasoning, and is needed"),
)

SECTIONS = (
    _table(
        "case",
        "The emergency itself; once.",
        _c("id", TEXT, "the case's short name", "quake-exercise", required=True, pattern=CASE_ID),
        _c("title", TEXT, "its title, as reports show it", "Earthquake exercise", required=True),
        _c("hazard", TEXT, "UNDRR-ISC code", "GH0101", required=True, pattern=HAZARD),
        _c("t0", MOMENT, "the 24 hours start here", "2023-02-06T01:17:00Z", required=True),
        _c(
            "host",
            TEXT,
            "the country that asks for help",
            "TUR",
            required=True,
            refers=Refers.COUNTRY,
        ),
        _c(
            "horizon_h",
            WHOLE,
            "how far ahead to plan",
            "72",
            unit="hours after T0",
            low=24,
            high=LONGEST_HORIZON_H,
            default="72",
        ),
        _c("exercise", YES_NO, "whether it is an exercise", "yes", default="no"),
        _c("estimate_needs", YES_NO, "whether to estimate needs as well", "no", default="no"),
        _c(
            "planning_figure",
            TEXT,
            "which figure of a need to plan for",
            "best",
            words=("low", "best", "high"),
            default="best",
        ),
        _c("summary", TEXT, "what happened, in a few sentences"),
        required=True,
        many=False,
    ),
    _table(
        "places",
        "Points of need, and towns with a depot.",
        _c("id", TEXT, "the place's short name", "antakya", required=True, pattern=LOWER_ID),
        _c("name", TEXT, "its name", "Antakya", required=True),
        _c("country", TEXT, "where it lies", "TUR", required=True, refers=Refers.COUNTRY),
        _c("lat", NUMBER, "north", "36.2", unit="degrees", required=True, low=-90, high=90),
        _c("lon", NUMBER, "east", "36.16", unit="degrees", required=True, low=-180, high=180),
        unique=("id",),
    ),
    _table(
        "shocks",
        "Earthquake shocks, for the estimate of needs.",
        _c("at", MOMENT, "when it shook", "2023-02-06T01:17:00Z", required=True),
        _c("magnitude", NUMBER, "moment magnitude", "7.8", required=True, above=0, high=10),
        _c("depth_km", NUMBER, "its depth", "10", unit="km", required=True, low=0, high=800),
        _c("lat", NUMBER, "north", "37.2", unit="degrees", required=True, low=-90, high=90),
        _c("lon", NUMBER, "east", "37.0", unit="degrees", required=True, low=-180, high=180),
        _c("rupture", TRACE, "surface trace of the rupture", "[[36.1, 36.1], [37.0, 37.2]]"),
        *GROUNDS,
    ),
    _table(
        "consent",
        "The host's yes or no, in order; the last section that applies decides.",
        _c(
            "members",
            WORDS,
            "who is meant",
            "*",
            required=True,
            pattern=ISO3_OR_ANY,
            refers=Refers.COUNTRY,
        ),
        _c(
            "kinds",
            WORDS,
            "which kinds are meant",
            "usar_heavy;emt2",
            required=True,
            pattern=KIND_OR_ANY,
            refers=Refers.KIND,
        ),
        _c("allowed", YES_NO, "whether they may come", "yes", required=True),
        _h("from_h", "from when on", "0", low=EARLIEST_H, default_note="always"),
        _h("until_h", "until when", "48", low=EARLIEST_H, default_note="always"),
        *GROUNDS,
    ),
    _table(
        "positions",
        "What members said of a proposal.",
        _c("member", TEXT, "who said it", "ROU", required=True, refers=Refers.COUNTRY),
        _c("proposal", TEXT, "the short name of what was proposed", "airlift", required=True),
        _c(
            "stance",
            TEXT,
            "the member's stance",
            "conditional",
            required=True,
            words=tuple(str(each) for each in Stance),
        ),
        _c("conditions", SENTENCES, "on which conditions", "Landing rights at night"),
        _c("at", MOMENT, "when it was said", "2023-02-06T09:00:00Z"),
        *GROUNDS,
    ),
)

# Keys are the names of reference tables; values are files of the folder.
OWN_TABLE = _c("file", TEXT, "a table of your own in place of ours", "", pattern=TABLE_FILE)

FILES = (
    _table(
        "needs.csv",
        "What is needed where. Only the header is needed where needs are estimated.",
        _c("need_id", TEXT, "the row's own name", "N1", required=True, pattern=ID),
        _c("place", TEXT, "where it is needed", "antakya", required=True, refers=Refers.PLACE),
        _c("kind", TEXT, "what is needed", "usar_heavy", required=True, refers=Refers.KIND),
        _c("amount_low", NUMBER, "at least", "8", low=0, high=MANY, default_note="amount_best"),
        _c("amount_best", NUMBER, "most likely", "10", required=True, above=0, high=MANY),
        _c("amount_high", NUMBER, "at most", "14", low=0, high=MANY, default_note="amount_best"),
        _h(
            "due_h",
            "until then it counts in full",
            "24",
            low=None,
            above=0,
            high=LONGEST_HORIZON_H,
            default_note=f"{DUE_H}, or horizon_h or deadline_h if earlier",
        ),
        _h(
            "deadline_h",
            "from then on it counts nothing; in between it falls in a straight line",
            "48",
            low=None,
            above=0,
            high=LONGEST_HORIZON_H,
            default_note="due_h",
        ),
        _c("weight", NUMBER, "how much it matters", "5", above=0, high=1_000_000, default="1"),
        _c(
            "substitutes",
            SUBSTITUTES,
            "kinds that also serve, and how much one unit of each counts",
            "usar_medium:0.5;usar_light:0.2",
            refers=Refers.KIND,
        ),
        *GROUNDS,
        required=True,
        unique=("need_id",),
    ),
    _table(
        "offers.csv",
        "What members offer: lots of goods, and teams.",
        _c("offer_id", TEXT, "the row's own name", "O1", required=True, pattern=ID),
        MEMBER,
        _c("kind", TEXT, "what is offered", "usar_heavy", required=True, refers=Refers.KIND),
        _c("site", TEXT, "where it stands", "LROP", required=True, refers=Refers.SITE),
        _c("packs", WHOLE, "how many packs (of a team: 1)", "1", required=True, low=1, high=MANY),
        _c(
            "pack_kg",
            NUMBER,
            "mass of one pack",
            "16000",
            unit="kg",
            above=0,
            high=1_000_000,
            default_note="from the goods or teams table",
        ),
        _c(
            "pack_l",
            NUMBER,
            "volume of one pack",
            "64000",
            unit="litres",
            above=0,
            high=1_000_000,
            default_note="from the goods or teams table",
        ),
        _c(
            "pack_people",
            WHOLE,
            "people who travel with one pack",
            "65",
            low=0,
            high=10_000,
            default_note="from the teams table; goods: 0",
        ),
        _c(
            "pack_units", WHOLE, "units of the kind in one pack", "1", low=1, high=MANY, default="1"
        ),
        _h("ready_h", "when it can leave; below 0: before T0", "6", required=True, low=EARLIEST_H),
        _h("valid_until_h", "end of the offer", "72", low=EARLIEST_H, default_note="open"),
        _c("caveats", CAVEATS, "the member's conditions", "not_via:LTAJ;not_before_h:8"),
        _c("standing", YES_NO, "whether it is a standing offer", "no", default="no"),
        *GROUNDS,
        required=True,
        unique=("offer_id",),
    ),
    _table(
        "lift.csv",
        "Aircraft and lorries on offer.",
        _c("lift_id", TEXT, "the row's own name", "L1", required=True, pattern=ID),
        MEMBER,
        _c("class", TEXT, "its type", "C130H", required=True, refers=Refers.CLASS),
        _c("count", WHOLE, "how many, as L1/1, L1/2 ...", "2", low=1, high=500, default="1"),
        _c("home", TEXT, "where it stands", "LROP", required=True, refers=Refers.SITE),
        _h("available_h", "when it can start", "4", required=True, high=LONGEST_HORIZON_H),
        _h("until_h", "when it must stop", "60", above=0, low=None, default_note="horizon_h"),
        _c(
            "crew_duty_h",
            NUMBER,
            "how long its crew may work from available_h on",
            "16",
            unit="hours",
            low=1,
            high=72,
            default_note="no limit",
        ),
        _c("caveats", CAVEATS, "the member's conditions", "own_cargo_only"),
        *GROUNDS,
        required=True,
        unique=("lift_id",),
    ),
    _table(
        "airports.csv",
        "What is known of airports now; empty cells: as in the airports table.",
        _c("code", TEXT, "ICAO or IATA code", "LTAF", required=True, refers=Refers.AIRPORT),
        _c("slots", WHOLE, "parking units served at once (a wide-body: 2)", "4", low=0, high=500),
        _c("closed", SPANS, "when nobody can land", "0-12;30-34.5", default_note="never"),
        _c("open_utc", DAY_SPAN, "may go over midnight", "20:00-14:30", default_note="all day"),
        _c("runway_m", WHOLE, "usable runway", "2400", unit="metres", low=1, high=9_000),
        _c("paved", YES_NO, "whether the runway is paved", "yes"),
        _c("entry", YES_NO, "whether help may arrive here to go on by road", "yes", default="no"),
        _c("tech_stop", YES_NO, "whether aircraft may refuel here", "no", default="no"),
        _c("lorries", WHOLE, "lorries that wait here", "20", low=0, high=MANY, default="0"),
        _c("lorry_class", TEXT, "their type", "semi_136", refers=Refers.LORRY),
        *GROUNDS,
        unique=("code",),
    ),
    _table(
        "roads.csv",
        "The ways by road; a plan uses no other.",
        _c("from", TEXT, "where it begins", "LTAF", required=True, refers=Refers.SITE),
        _c("to", TEXT, "where it ends", "antakya", required=True, refers=Refers.SITE),
        _c(
            "duration_h",
            NUMBER,
            "door to door",
            "4.5",
            unit="hours",
            required=True,
            above=0,
            high=1_000,
        ),
        _c("both_ways", YES_NO, "whether it also leads back", "yes", default="yes"),
        *GROUNDS,
        unique=("from", "to"),
    ),
    _table(
        "history.csv",
        "What really arrived, to compare a plan with. Empty: unknown.",
        _c("arrival_id", TEXT, "the row's own name", "A1", required=True, pattern=ID),
        _c("who", TEXT, "who arrived", "RO-USAR 1", required=True),
        _c("member", TEXT, "from which country", "ROU", required=True, refers=Refers.COUNTRY),
        _c("kind", TEXT, "what arrived; any word", "usar_medium", pattern=ID),
        _c("people", WHOLE, "people", "60", low=0, high=MANY),
        _c("dogs", WHOLE, "dogs", "4", low=0, high=100_000),
        _c("tonnes", NUMBER, "mass", "7", unit="tonnes", low=0, high=1_000_000),
        _c("airport", TEXT, "where it landed", "LTAF", refers=Refers.AIRPORT),
        _c("landed_at", MOMENT, "wheels down", "2023-02-06T20:17Z"),
        _c("earliest_at", MOMENT, "landed no earlier", "2023-02-06T15:00Z"),
        _c("latest_at", MOMENT, "landed no later", "2023-02-06T20:17Z"),
        _c("place", TEXT, "where it worked", "antakya", refers=Refers.PLACE),
        _c("on_site_at", MOMENT, "at the place of work", "2023-02-07T06:00Z"),
        *GROUNDS,
        unique=("arrival_id",),
    ),
    _table(
        "sources.csv",
        "Where it stands; rows name a source by its key.",
        _c("key", TEXT, "the source's short name", "S1", required=True, pattern=ID),
        _c("title", TEXT, "what it is", "Note verbale of the host", required=True),
        _c("url", TEXT, "where to read it", "https://example.org/1", pattern=URL),
        _c("date", TEXT, "when it was published", "2023-02-06", pattern=DATE),
        required=True,
        unique=("key",),
    ),
)


def get_section(name: str) -> Table:
    """The section ``name`` of case.toml; the name must exist."""
    return next(table for table in SECTIONS if table.name == name)


def get_file(name: str) -> Table:
    """The CSV file ``name``; the name must exist."""
    return next(table for table in FILES if table.name == name)
