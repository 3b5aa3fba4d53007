"""Names that name nothing, and cells that contradict each other: the one message for each."""

from tests.intake.folders import Edit, Malformed, both, put, swap

CASE = "case.toml"
KIND = "a kind of the reference tables, or of an offer that gives pack_kg and pack_l"
SITE = "the id of one of the [[places]] of case.toml or an airport code"
COUNTRY = "an ISO 3166-1 alpha-3 code like TUR, or XAA to XZZ for an organisation"
MANY_VEHICLES = "".join(f"X{i},ROU,C130H,500,OTP,1,,,,no,stated,example,\n" for i in range(21))


def _arrival(landed_at: str, on_site_at: str = "", bounds: str = ",") -> Edit:
    row = f"A1,RO-USAR,ROU,,60,,,EZS,{landed_at},{bounds},,{on_site_at},fact,example,\n"
    return swap("history.csv", "# What", row + "# What")


RULES: list[Malformed] = [
    Malformed(
        "an airport nobody knows",
        put("offers.csv", 3, "site", "LGEX"),
        f"offers.csv row 3, column site: 'LGEX' is unknown; give {SITE}; "
        "did you mean 'LEX' or 'LSGE' or 'LGRX'?",
    ),
    Malformed(
        "a place nobody knows",
        put("needs.csv", 2, "place", "sivrize"),
        "needs.csv row 2, column place: 'sivrize' is unknown; "
        "give the id of one of the [[places]] of case.toml; did you mean 'sivrice'?",
    ),
    Malformed(
        "a country nobody knows",
        put("offers.csv", 3, "member", "grc"),
        f"offers.csv row 3, column member: 'grc' is unknown; give {COUNTRY}; "
        "did you mean 'GRC' or 'GRL' or 'GRD'?",
    ),
    Malformed(
        "a kind nobody knows",
        put("needs.csv", 2, "kind", "usar_hevy"),
        f"needs.csv row 2, column kind: 'usar_hevy' is unknown; give {KIND}; "
        "did you mean 'usar_heavy' or 'usar_nl_heavy_2023' or 'usar_light'?",
    ),
    Malformed(
        "a kind of one's own that looks like a slip",
        put("offers.csv", 3, "kind", "usar_medum"),
        "offers.csv row 3, column kind: 'usar_medum' is in no table, and no need asks for it; "
        f"give {KIND}; did you mean 'usar_medium'?",
    ),
    Malformed(
        "a kind of one's own without figures",
        both(
            put("offers.csv", 3, "kind", "my_kit"),
            swap("offers.csv", "# What", "O9,ROU,my_kit,OTP,1,,5,,,1,,,,,,stated,example,\n# What"),
        ),
        "offers.csv row 7, column pack_kg: it is empty, and no table has a figure for 'my_kit'; "
        "give a number above 0",
    ),
    Malformed(
        "a class nobody knows",
        put("lift.csv", 2, "class", "C130"),
        "lift.csv row 2, column class: 'C130' is unknown; give a class of the aircraft or "
        "lorries tables; did you mean 'C130J' or 'C130H' or 'C130J30'?",
    ),
    Malformed(
        "an aircraft in place of a lorry",
        put("airports.csv", 2, "lorry_class", "C130H"),
        "airports.csv row 2, column lorry_class: 'C130H' is unknown; "
        "give a class of the lorries table",
    ),
    Malformed(
        "lorries of no class",
        put("airports.csv", 2, "lorry_class", ""),
        "airports.csv row 2, column lorry_class: it is empty, but lorries is 20; "
        "give a class of the lorries table",
    ),
    Malformed(
        "an id stands twice",
        put("offers.csv", 3, "offer_id", "O1"),
        "offers.csv row 3, column offer_id: 'O1' comes again; it stands in row 2 already, keep one",
    ),
    Malformed(
        "one airport under two codes",
        put("airports.csv", 3, "code", "LTCA"),
        "airports.csv row 3, column code: 'LTCA' comes again; it stands in row 2 already, keep one",
    ),
    Malformed(
        "a road stands twice",
        put("roads.csv", 3, "to", "sivrice"),
        "roads.csv row 3, column to: 'LTCA' to 'sivrice' comes again; "
        "it stands in row 2 already, keep one",
    ),
    Malformed(
        "a road to where it begins",
        put("roads.csv", 2, "to", "LTCA"),
        "roads.csv row 2, column to: 'LTCA' is where the road begins; give another site",
    ),
    Malformed(
        "a source that is not listed",
        put("offers.csv", 3, "source", "exampel"),
        "offers.csv row 3, column source: 'exampel' is unknown; give a key of sources.csv; "
        "did you mean 'example'?",
    ),
    Malformed(
        "stated by nobody",
        put("offers.csv", 3, "source", ""),
        "offers.csv row 3, column source: it is empty, but basis is stated; "
        "give a key of sources.csv",
    ),
    Malformed(
        "a fact without source",
        both(put("offers.csv", 3, "basis", "fact"), put("offers.csv", 3, "source", "")),
        "offers.csv row 3, column source: it is empty, but basis is fact; "
        "give a key of sources.csv",
    ),
    Malformed(
        "assumed without reasoning",
        put("lift.csv", 5, "note", ""),
        "lift.csv row 5, column note: it is empty, but basis is assumed; give the reasoning",
    ),
    Malformed(
        "a caveat about an unknown airport",
        put("offers.csv", 3, "caveats", "only_via:XXXX"),
        "offers.csv row 3, column caveats: 'only_via:XXXX' names no airport; "
        "give the ICAO or IATA code of an airport; did you mean 'DXXX'?",
    ),
    Malformed(
        "a caveat about an unknown place",
        put("offers.csv", 3, "caveats", "not_to:SYX"),
        "offers.csv row 3, column caveats: 'not_to:SYX' names no place; "
        "give a place id of case.toml or an ISO 3166-1 alpha-3 code",
    ),
    Malformed(
        "a caveat of lift on an offer",
        put("offers.csv", 3, "caveats", "own_cargo_only"),
        "offers.csv row 3, column caveats: 'own_cargo_only' is for lift.csv only; take it out",
    ),
    Malformed(
        "low is above best",
        put("needs.csv", 2, "amount_low", "5"),
        "needs.csv row 2, column amount_low: 5 is above amount_best, 2; give at most that",
    ),
    Malformed(
        "high is below best",
        put("needs.csv", 2, "amount_high", "1"),
        "needs.csv row 2, column amount_high: 1 is below amount_best, 2; give at least that",
    ),
    Malformed(
        "nothing to plan for",
        both(
            put("needs.csv", 2, "amount_low", "0"),
            swap(CASE, 'planning_figure = "best"', 'planning_figure = "low"'),
        ),
        "needs.csv row 2, column amount_low: 0 leaves nothing to plan, "
        "as planning_figure is low; give more than 0",
    ),
    Malformed(
        "due after the horizon",
        put("needs.csv", 2, "due_h", "80"),
        "needs.csv row 2, column due_h: 80 is not within horizon_h, 72; give at most that",
    ),
    Malformed(
        "the deadline is before due",
        put("needs.csv", 2, "deadline_h", "12"),
        "needs.csv row 2, column deadline_h: 12 is before due_h, 24; give 24 or later",
    ),
    Malformed(
        "an offer ends before it is ready",
        put("offers.csv", 3, "valid_until_h", "2"),
        "offers.csv row 3, column valid_until_h: 2 is before ready_h, 4; give later than 4",
    ),
    Malformed(
        "lift that comes at the horizon",
        put("lift.csv", 2, "available_h", "72"),
        "lift.csv row 2, column available_h: 72 is not within horizon_h, 72; give less than that",
    ),
    Malformed(
        "lift that ends before it comes",
        put("lift.csv", 3, "until_h", "2"),
        "lift.csv row 3, column until_h: 2 is before available_h, 3; give later than 3",
    ),
    Malformed(
        "too many vehicles",
        swap("lift.csv", "# Aircraft", MANY_VEHICLES + "# Aircraft"),
        "lift.csv row 25, column count: with it there are 10,014 vehicles; "
        "at most 10,000 in a case",
    ),
    Malformed(
        "on site before landing",
        _arrival("2026-03-02T20:17Z", "2026-03-02T10:17Z"),
        "history.csv row 2, column on_site_at: 2026-03-02T10:17:00Z is before landed_at, "
        "2026-03-02T20:17:00Z; give 2026-03-02T20:17:00Z or later",
    ),
    Malformed(
        "bounds of a landing in the wrong order",
        _arrival("", bounds="2026-03-02T20:17Z,2026-03-02T10:17Z"),
        "history.csv row 2, column latest_at: 2026-03-02T10:17:00Z is before earliest_at, "
        "2026-03-02T20:17:00Z; give 2026-03-02T20:17:00Z or later",
    ),
]
