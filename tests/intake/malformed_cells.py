"""Cells that no column allows: the change, and the one message."""

from tests.intake.folders import Edit, Malformed, put, swap

KG = "kg as a number, above 0, at most 1,000,000"
PACKS = "a whole number, 1 or more, at most 10,000,000"
SPANS = "hours after T0 like 0-132;140-141 or 0- (to the end)"
MOMENT = "a UTC moment like 2023-02-06T20:17Z"
T0 = "t0 = 2026-03-02T03:40:00Z"


def _arrival(landed_at: str, on_site_at: str = "", bounds: str = ",") -> Edit:
    row = f"A1,RO-USAR,ROU,,60,,,EZS,{landed_at},{bounds},,{on_site_at},fact,example,\n"
    return swap("history.csv", "# What", row + "# What")


CELLS: list[Malformed] = [
    Malformed(
        "a unit in the cell",
        put("offers.csv", 3, "pack_kg", "12 t"),
        f"offers.csv row 3, column pack_kg: '12 t' has a unit in it; give the number alone: {KG}",
    ),
    Malformed(
        "a decimal comma",
        put("offers.csv", 3, "pack_kg", "12,5"),
        f"offers.csv row 3, column pack_kg: '12,5' has a comma; give {KG}, with . as decimal point",
    ),
    Malformed(
        "below the range",
        put("offers.csv", 3, "packs", "-3"),
        f"offers.csv row 3, column packs: '-3' is below 1; give {PACKS}",
    ),
    Malformed(
        "above the range",
        put("lift.csv", 2, "count", "501"),
        "lift.csv row 2, column count: '501' is above 500; "
        "give a whole number, 1 or more, at most 500",
    ),
    Malformed(
        "zero where more is needed",
        put("needs.csv", 2, "weight", "0"),
        "needs.csv row 2, column weight: '0' is not above 0; "
        "give a number, above 0, at most 1,000,000",
    ),
    Malformed(
        "not a number",
        put("offers.csv", 3, "pack_kg", "NaN"),
        f"offers.csv row 3, column pack_kg: 'NaN' is not a finite number; give {KG}",
    ),
    Malformed(
        "infinite",
        put("offers.csv", 3, "pack_kg", "inf"),
        f"offers.csv row 3, column pack_kg: 'inf' is not a finite number; give {KG}",
    ),
    Malformed(
        "beyond floats",
        put("offers.csv", 3, "pack_kg", "1e400"),
        f"offers.csv row 3, column pack_kg: '1e400' is not a finite number; give {KG}",
    ),
    Malformed(
        "beyond 64 bits",
        put("offers.csv", 3, "packs", str(10**30)),
        f"offers.csv row 3, column packs: '1{'0' * 30}' is above 10,000,000; give {PACKS}",
    ),
    Malformed(
        "thousands of digits",
        put("offers.csv", 3, "packs", "9" * 5000),
        f"offers.csv row 3, column packs: '{'9' * 59}... is not a finite number; give {PACKS}",
    ),
    Malformed(
        "digits of another script",
        put("offers.csv", 3, "packs", "١٢"),
        f"offers.csv row 3, column packs: '١٢' is not a number; give {PACKS}",
    ),
    Malformed(
        "a part of a pack",
        put("offers.csv", 3, "packs", "1.5"),
        f"offers.csv row 3, column packs: '1.5' is not a whole number; give {PACKS}",
    ),
    Malformed(
        "an empty cell",
        put("offers.csv", 3, "packs", ""),
        f"offers.csv row 3, column packs: it is empty; give {PACKS}",
    ),
    Malformed(
        "a very long cell",
        put("offers.csv", 3, "note", "x" * 10_001),
        "offers.csv row 3, column note: found 10,001 characters; give at most 10,000",
    ),
    Malformed(
        "a control character",
        put("offers.csv", 3, "note", "a\x07b"),
        "offers.csv row 3, column note: 'a\\x07b' holds the control character U+0007; "
        "give plain text",
    ),
    Malformed(
        "neither yes nor no",
        put("offers.csv", 3, "standing", "maybe"),
        "offers.csv row 3, column standing: 'maybe' is neither yes nor no; give yes or no",
    ),
    Malformed(
        "a badly formed id",
        put("offers.csv", 3, "offer_id", "O/1"),
        "offers.csv row 3, column offer_id: 'O/1' is not well formed; "
        "give 1 to 60 letters without accents, digits, . - _",
    ),
    Malformed(
        "an address that is none",
        put("sources.csv", 2, "url", "javascript:alert(1)"),
        "sources.csv row 2, column url: 'javascript:alert(1)' is not well formed; "
        "give an address that begins with https:// or http://",
    ),
    Malformed(
        "a word that is not allowed",
        put("offers.csv", 3, "basis", "facts"),
        "offers.csv row 3, column basis: 'facts' is unknown; "
        "give one of fact, stated, estimated, assumed; did you mean 'fact'?",
    ),
    Malformed(
        "a date without zone",
        _arrival("2026-03-02T20:17"),
        "history.csv row 2, column landed_at: '2026-03-02T20:17' has no time zone; "
        f"give {MOMENT}, with Z at the end",
    ),
    Malformed(
        "a date in another zone",
        _arrival("2026-03-02T20:17+03:00"),
        "history.csv row 2, column landed_at: '2026-03-02T20:17+03:00' is not in UTC; "
        "give UTC: 2026-03-02T17:17:00Z",
    ),
    Malformed(
        "a day that is not in the calendar",
        _arrival("2026-02-30T20:17Z"),
        "history.csv row 2, column landed_at: '2026-02-30T20:17Z' is not in the calendar; "
        f"give {MOMENT}",
    ),
    Malformed(
        "a span that a spreadsheet took for a date",
        put("airports.csv", 2, "closed", "06-Mar"),
        f"airports.csv row 2, column closed: '06-Mar' is not a span; give {SPANS}",
    ),
    Malformed(
        "a span that ends before it begins",
        put("airports.csv", 2, "closed", "9-3"),
        "airports.csv row 2, column closed: '9-3' ends before it begins, "
        f"or is over a year away; give {SPANS}",
    ),
    Malformed(
        "opening hours that are none",
        put("airports.csv", 3, "open_utc", "25:00-22:00"),
        "airports.csv row 3, column open_utc: '25:00-22:00' is not a span of the day; "
        "give 00:00 to 24:00, not empty",
    ),
    Malformed(
        "a substitute without factor",
        put("needs.csv", 2, "substitutes", "usar_heavy"),
        "needs.csv row 2, column substitutes: 'usar_heavy' is not kind:factor; "
        "give substitutes like usar_medium:0.5;usar_light:0.2",
    ),
    Malformed(
        "a substitute that counts nothing",
        put("needs.csv", 2, "substitutes", "usar_heavy:0"),
        "needs.csv row 2, column substitutes: 'usar_heavy:0' has the factor 0; "
        "give a factor above 0, at most 10",
    ),
    Malformed(
        "an unknown caveat",
        put("offers.csv", 3, "caveats", "not_too:SYR"),
        "offers.csv row 3, column caveats: 'not_too:SYR' is unknown; give one of not_to, "
        "only_to, only_via, not_via, not_before_h, only_if, once_replaced, own_cargo_only; "
        "did you mean 'not_to'?",
    ),
    Malformed(
        "a caveat about nothing",
        put("offers.csv", 3, "caveats", "not_to"),
        "offers.csv row 3, column caveats: 'not_to' does not say what; "
        "give not_to: and then what it is about",
    ),
    Malformed(
        "a caveat with a word for hours",
        put("offers.csv", 3, "caveats", "not_before_h:soon"),
        "offers.csv row 3, column caveats: 'not_before_h:soon' is not in hours; "
        "give not_before_h: and hours after T0, like 8",
    ),
]
