"""What case.toml must not hold: the change, and the one message."""

from tests.intake.folders import Edit, Malformed, both, link, swap, write

CASE = "case.toml"
KIND = "a kind, a class of aircraft or lorries, or goods, people, military, lift"
T0 = "t0 = 2026-03-02T03:40:00Z"
HORIZON = "horizon_h = 72"


def _own_table(line: str) -> Edit:
    return swap(CASE, "# [tables]", f"[tables]\n{line}")


TOML: list[Malformed] = [
    Malformed(
        "broken TOML",
        swap(CASE, 'title = "', "title = "),
        "case.toml line 11, column 9: it is not TOML (Invalid value); mend this line",
    ),
    Malformed(
        "lists in lists without end",
        write(CASE, b"a = " + b"[" * 100_000),
        "case.toml: lists are nested too deeply; write them as in the template",
    ),
    Malformed(
        "a key of very many parts",
        write(CASE, b"a." * 90_000 + b"a=1"),
        "case.toml line 1: a key has over 30 parts; write [sections]",
    ),
    Malformed(
        "a number of thousands of digits",
        swap(CASE, HORIZON, "horizon_h = " + "9" * 5000),
        "case.toml: a number has thousands of digits; give a smaller one",
    ),
    Malformed(
        "a number too long to write out",
        swap(CASE, HORIZON, "horizon_h = 0x" + "f" * 5000),
        "case.toml line 19, [case] key horizon_h: a huge value is above 96; "
        "give hours after T0 as a whole number, 24 or more, at most 96",
    ),
    Malformed(
        "no format",
        swap(CASE, "format = 1\n", ""),
        "case.toml line 1, key format: it is missing; give format = 1",
    ),
    Malformed(
        "another format",
        swap(CASE, "format = 1", "format = 2"),
        "case.toml line 4, key format: 2 is unknown; give 1",
    ),
    Malformed(
        "an unknown section, and no place is judged",
        swap(CASE, "[[places]]", "[[place]]"),
        "case.toml line 31, key place: it is unknown; did you mean 'places'?",
    ),
    Malformed(
        "a misspelt [case]",
        swap(CASE, "[case]", "[kase]"),
        "case.toml line 7, key kase: it is unknown; did you mean 'case' or 'phases'?",
    ),
    Malformed(
        "[case] as a list",
        swap(CASE, "[case]", "[[case]]"),
        "case.toml line 7, key case: it is not a section; write [case] above its keys",
    ),
    Malformed(
        "an unknown key",
        swap(CASE, HORIZON, "horizon = 72"),
        "case.toml line 19, [case] key horizon: it is unknown; did you mean 'horizon_h'?",
    ),
    Malformed(
        "a horizon out of range",
        swap(CASE, HORIZON, "horizon_h = 120"),
        "case.toml line 19, [case] key horizon_h: 120 is above 96; "
        "give hours after T0 as a whole number, 24 or more, at most 96",
    ),
    Malformed(
        "text for a number",
        swap(CASE, HORIZON, 'horizon_h = "72"'),
        "case.toml line 19, [case] key horizon_h: '72' is not a number; "
        "give hours after T0 as a whole number, 24 or more, at most 96, without quotes",
    ),
    Malformed(
        "a number that is none",
        swap(CASE, "lat = 38.45", "lat = nan"),
        "case.toml line 39, [[places]] 1, key lat: nan is not a finite number; "
        "give degrees as a number, -90 or more, at most 90",
    ),
    Malformed(
        "text for yes or no",
        swap(CASE, "exercise = true", 'exercise = "yes"'),
        "case.toml line 21, [case] key exercise: 'yes' is neither true nor false; "
        "give true or false",
    ),
    Malformed(
        "T0 is missing",
        swap(CASE, T0, ""),
        "case.toml line 7, [case] key t0: it is missing; "
        "give a UTC moment without quotes like 2023-02-06T01:17:00Z",
    ),
    Malformed(
        "T0 without zone",
        swap(CASE, T0, "t0 = 2026-03-02T03:40:00"),
        "case.toml line 15, [case] key t0: '2026-03-02T03:40:00' has no time zone; "
        "give a UTC moment, with Z at the end",
    ),
    Malformed(
        "T0 in another zone",
        swap(CASE, T0, "t0 = 2026-03-02T06:40:00+03:00"),
        "case.toml line 15, [case] key t0: '2026-03-02T06:40:00+03:00' is not in UTC; "
        "give UTC: 2026-03-02T03:40:00Z",
    ),
    Malformed(
        "T0 in quotes",
        swap(CASE, T0, 't0 = "2026-03-02T03:40:00Z"'),
        "case.toml line 15, [case] key t0: '2026-03-02T03:40:00Z' is not a moment; "
        "give a UTC moment without quotes like 2023-02-06T01:17:00Z",
    ),
    Malformed(
        "T0 at the beginning of the calendar",
        swap(CASE, T0, "t0 = 0001-01-01T00:00:00Z"),
        "case.toml line 15, [case] key t0: '0001-01-01T00:00:00+00:00' is far off; "
        "give a year from 1900 to 2199",
    ),
    Malformed(
        "a hazard without code",
        swap(CASE, 'hazard = "GH0101"', 'hazard = "quake"'),
        "case.toml line 13, [case] key hazard: 'quake' is not well formed; "
        "give 2 capital letters and 4 digits like GH0101",
    ),
    Malformed(
        "a latitude off the globe",
        swap(CASE, "lat = 38.45", "lat = 138.45"),
        "case.toml line 39, [[places]] 1, key lat: 138.45 is above 90; "
        "give degrees as a number, -90 or more, at most 90",
    ),
    Malformed(
        "a badly formed place id, told where it is given and not where it is used",
        swap(CASE, 'id = "elazig"', 'id = "Elazig"'),
        "case.toml line 44, [[places]] 2, key id: 'Elazig' is not well formed; "
        "give 1 to 60 of a-z, 0-9, - and _",
    ),
    Malformed(
        "a text that reads other than it is",
        swap(CASE, 'name = "Sivrice"', 'name = "Siv\\u202Erice"'),
        "case.toml line 35, [[places]] 1, key name: 'Siv\\u202erice' holds the control "
        "character U+202E; give plain text",
    ),
    Malformed(
        "a rupture off the globe",
        swap(CASE, "[38.85, 38.27]", "[38.85, 138.27]"),
        "case.toml line 63, [[shocks]] 1, key rupture: [38.85, 138.27] is not on Earth; "
        "give longitude -180..180, latitude -90..90",
    ),
    Malformed(
        "members that are not text",
        swap(CASE, 'members = ["*"]', "members = [1]"),
        "case.toml line 85, [[consent]] 1, key members: [1] is not a list of texts; "
        'give a list like ["*"]',
    ),
    Malformed(
        "consent to a kind nobody knows",
        swap(CASE, 'kinds = ["*"]', 'kinds = ["emt9"]'),
        f"case.toml line 87, [[consent]] 1, key kinds: 'emt9' is unknown; give {KIND}; "
        "did you mean 'emt3' or 'emt2'?",
    ),
    Malformed(
        "consent that ends before it begins",
        swap(CASE, "allowed = true", "allowed = true\nfrom_h = 3\nuntil_h = 2"),
        "case.toml line 91, [[consent]] 1, key until_h: 2 is before from_h, 3; give later than 3",
    ),
    Malformed(
        "a stance that is none",
        swap(CASE, 'stance = "conditional"', 'stance = "maybe"'),
        "case.toml line 131, [[positions]] 1, key stance: 'maybe' is unknown; "
        "give one of support, conditional, undecided, abstain, abstain_constructively, "
        "not_participating, oppose, red_line",
    ),
    Malformed(
        "a table outside the folder",
        _own_table('aircraft = "../../etc/passwd"'),
        "case.toml line 258, [tables] key aircraft: '../../etc/passwd' is not allowed; "
        "give the name of a .csv file in the folder",
    ),
    Malformed(
        "a table that is a link out of the folder",
        both(_own_table('aircraft = "mine.csv"'), link("mine.csv", "/etc/passwd")),
        "mine.csv: it leads out of the folder; put the file itself into the folder",
    ),
    Malformed(
        "a table that is not there",
        _own_table('aircraft = "mine.csv"'),
        "mine.csv: it is missing; a case folder needs it",
    ),
    Malformed(
        "a table nobody knows",
        _own_table('aircrafts = "mine.csv"'),
        "case.toml line 258, [tables] key aircrafts: it is not a reference table; "
        "did you mean 'aircraft' or 'airports'?",
    ),
]
