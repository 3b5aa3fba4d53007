"""One cell into one value, or into what is wrong with it.

Every reader takes text that is not empty and gives a value; it raises ``Bad`` with
what is wrong with the cell. The message then says what is allowed.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any

from u24.domain.asks import Part, parse_wanted
from u24.domain.needs import Substitute
from u24.domain.offers import Caveat, CaveatKind
from u24.errors import InvalidInput
from u24.intake.case_folder.column import LONGEST_CELL, Column, Pattern, Type
from u24.intake.case_folder.declaring import EARLIEST_H, LATEST_H, MANY
from u24.intake.case_folder.faults import alike, shown

SEPARATOR = ";"
FLAGS = {"yes": True, "no": False, "true": True, "false": False}  # Excel writes TRUE, FALSE
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
WHOLE = re.compile(r"[+-]?[0-9]+(\.0*)?")
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]+)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
SPAN = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)-([0-9]+(?:\.[0-9]+)?)?")
DAY_SPAN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
DAY_MIN = 24 * 60
YEARS = (1900, 2200)
# Cc control; Zl, Zp line and paragraph separators; the two overrides can make a text read
# other than it is (Unicode Technical Report 36, 3.3).
HIDDEN = {"Cc", "Zl", "Zp"}
OVERRIDES = "\u202d\u202e"
TO_THE_END = None
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
REPLACED = re.compile(r"([^*|]+?)(?: *\* *([0-9]{1,9}))?")  # a kind, perhaps how many units
NO_ARGUMENT = {CaveatKind.OWN_CARGO_ONLY}


class Bad(Exception):
    """What is wrong with a cell, on its way to a message; ``wanted`` is what is allowed."""

    def __init__(self, what: str, wanted: str = "") -> None:
        super().__init__(what)
        self.what, self.wanted = what, wanted


def read_cell(column: Column, cell: str) -> tuple[Any, str]:
    """The value of a cell and an empty text, or None and what is wrong.

    An empty cell takes the column's default; without one it is None, and wrong if the
    column is required.
    """
    if not cell:
        cell = column.default
        if not cell:
            return None, f"it is empty; give {column.wanted}" if column.required else ""
    try:
        require_plain(cell)
        value = READERS[column.type](cell, column)
        require_allowed(column, value, cell)
    except Bad as bad:
        return None, f"{bad.what}; give {bad.wanted or column.wanted}"
    return value, ""


def require_plain(text: str) -> None:
    """Refuse hidden characters and very long text."""
    if len(text) > LONGEST_CELL:
        raise Bad(f"found {len(text):,} characters", f"at most {LONGEST_CELL:,}")
    if text.isascii() and text.isprintable():
        return
    for letter in text:
        if unicodedata.category(letter) in HIDDEN or letter in OVERRIDES:
            name = f"U+{ord(letter):04X}"
            raise Bad(f"{shown(text)} holds the control character {name}", "plain text")


def require_allowed(column: Column, value: Any, found: object) -> None:
    """Refuse a value outside the column's range, words or form."""
    if column.type in {Type.WHOLE, Type.NUMBER}:
        _require_range(column, value, found)
    for word in value if column.type is Type.WORDS else (value,):
        if column.words and word not in column.words:
            raise Bad(f"{shown(word)} is unknown", column.wanted + alike(word, column.words))
        if column.pattern:
            _require_form(column.pattern, word)


def _require_range(column: Column, value: float, found: object) -> None:
    if isinstance(value, float) and not isfinite(value):
        raise Bad(f"{shown(found)} is not a finite number")
    if column.low is not None and value < column.low:
        raise Bad(f"{shown(found)} is below {column.low:,.10g}")
    if column.above is not None and value <= column.above:
        raise Bad(f"{shown(found)} is not above {column.above:,.10g}")
    if column.high is not None and value > column.high:
        raise Bad(f"{shown(found)} is above {column.high:,.10g}")


def _require_form(pattern: Pattern, word: str) -> None:
    if not pattern.fits(word):
        raise Bad(f"{shown(word)} is not well formed", pattern.wanted)


def _text(cell: str, column: Column) -> str:
    return cell


def _number(cell: str, column: Column) -> float:
    if NUMBER.fullmatch(cell):
        return float(cell)
    if NOT_FINITE.fullmatch(cell):
        raise Bad(f"{shown(cell)} is not a finite number")
    if NUMBER.fullmatch(cell.replace(",", ".")):
        raise Bad(f"{shown(cell)} has a comma", f"{column.wanted}, with . as decimal point")
    if re.match(r"[+-]?[0-9.,]+ *[^\W\d]+", cell):
        raise Bad(f"{shown(cell)} has a unit in it", f"the number alone: {column.wanted}")
    raise Bad(f"{shown(cell)} is not a number")


def _whole(cell: str, column: Column) -> int:
    value = _number(cell, column)
    _require_range(column, value, cell)  # first, so that no huge text becomes a number
    if not WHOLE.fullmatch(cell) and value != int(value):
        raise Bad(f"{shown(cell)} is not a whole number")
    return int(value)


def _yes_no(cell: str, column: Column) -> bool:
    if cell.lower() not in FLAGS:
        raise Bad(f"{shown(cell)} is neither yes nor no")
    return FLAGS[cell.lower()]


def _moment(cell: str, column: Column) -> datetime:
    match = MOMENT.fullmatch(cell)
    if not match:
        raise Bad(f"{shown(cell)} is not a moment")
    if not match[5]:
        raise Bad(f"{shown(cell)} has no time zone", f"{column.wanted}, with Z at the end")
    try:
        value = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ':00'}{match[5]}")
    except ValueError as error:
        raise Bad(f"{shown(cell)} is not in the calendar") from error
    return utc(value, cell)


def utc(moment: datetime, found: object) -> datetime:
    """The moment in UTC, to the second; refused in another zone, or far from our time."""
    if moment.utcoffset() is None:
        raise Bad(f"{shown(found)} has no time zone", "a UTC moment, with Z at the end")
    require_year(moment, found)
    if moment.utcoffset() != timedelta(0):
        right = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        raise Bad(f"{shown(found)} is not in UTC", f"UTC: {right}")
    return moment.astimezone(UTC).replace(microsecond=0)


def _day(cell: str, column: Column) -> date:
    try:
        return require_year(date.fromisoformat(cell if DAY.fullmatch(cell) else ""), cell)
    except ValueError as error:
        raise Bad(f"{shown(cell)} is not a day of the calendar") from error


def require_year(day: date, found: object) -> date:
    """The day; refused if it is far from our time."""
    if not YEARS[0] <= day.year < YEARS[1]:
        raise Bad(f"{shown(found)} is far off", f"a year from {YEARS[0]} to {YEARS[1] - 1}")
    return day


def _wanted(cell: str, column: Column) -> Part:
    try:
        return parse_wanted(cell)
    except InvalidInput as error:
        what, _, wanted = str(error).removeprefix("wanted: ").partition("; give ")
        raise Bad(what, wanted) from error


def _words(cell: str, column: Column) -> tuple[str, ...]:
    words = tuple(word.strip() for word in cell.split(SEPARATOR) if word.strip())
    if not words:
        raise Bad(f"{shown(cell)} holds no word")
    return words


def _caveats(cell: str, column: Column) -> tuple[Caveat, ...]:
    return tuple(_caveat(token) for token in _words(cell, column))


def _caveat(token: str) -> Caveat:
    name, _, argument = (part.strip() for part in token.partition(":"))
    known = tuple(str(each) for each in CaveatKind)
    if name not in known:
        raise Bad(f"{shown(token)} is unknown", f"one of {', '.join(known)}{alike(name, known)}")
    kind = CaveatKind(name)
    if kind in NO_ARGUMENT and argument:
        raise Bad(f"{shown(token)} takes nothing after {name}", name)
    if kind not in NO_ARGUMENT and not argument:
        raise Bad(f"{shown(token)} does not say what", f"{name}: and then what it is about")
    if kind is CaveatKind.NOT_BEFORE_H and not _is_hours(argument):
        raise Bad(f"{shown(token)} is not in hours", f"{name}: and hours after T0, like 8")
    if kind is CaveatKind.ONCE_REPLACED:
        argument = _replacement(token, argument)
    return Caveat(kind=kind, argument=argument)


def _replacement(token: str, argument: str) -> str:
    """``air_defence_s300`` or ``air_defence_s300*2``, without spaces."""
    match = REPLACED.fullmatch(argument)
    if not match or (match[2] and not 1 <= int(match[2]) <= MANY):
        raise Bad(
            f"{shown(token)} is not a kind and a number of units",
            "once_replaced:air_defence_s300*2",
        )
    return f"{match[1]}*{int(match[2])}" if match[2] else match[1]


def _is_hours(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None and EARLIEST_H <= float(text) <= LATEST_H


def _substitutes(cell: str, column: Column) -> tuple[Substitute, ...]:
    found = tuple(_substitute(token) for token in _words(cell, column))
    kinds = [each.kind for each in found]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise Bad(f"{shown(kind)} comes twice", "each kind once")
    return found


def _substitute(token: str) -> Substitute:
    kind, _, factor = (part.strip() for part in token.partition(":"))
    if not kind or not NUMBER.fullmatch(factor):
        raise Bad(f"{shown(token)} is not kind:factor")
    if not 0 < float(factor) <= 10:
        raise Bad(f"{shown(token)} has the factor {factor}", "a factor above 0, at most 10")
    return Substitute(kind=kind, factor_share=float(factor))


def _spans(cell: str, column: Column) -> tuple[tuple[float, float | None], ...]:
    return tuple(sorted((_span(token) for token in _words(cell, column)), key=lambda s: s[0]))


def _span(token: str) -> tuple[float, float | None]:
    match = SPAN.fullmatch(token.replace(" ", ""))
    if not match:
        raise Bad(f"{shown(token)} is not a span")
    start, end = float(match[1]), float(match[2]) if match[2] else TO_THE_END
    if not EARLIEST_H <= start <= (end if end is not None else LATEST_H) <= LATEST_H:
        raise Bad(f"{shown(token)} ends before it begins, or is over a year away")
    if start == end:
        raise Bad(f"{shown(token)} is empty")
    return start, end


def _day_span(cell: str, column: Column) -> tuple[int, int]:
    match = DAY_SPAN.fullmatch(cell.replace(" ", ""))
    if not match:
        raise Bad(f"{shown(cell)} is not a span of the day")
    hour, minute, until_hour, until_minute = (int(part) for part in match.groups())
    start, end = hour * 60 + minute, until_hour * 60 + until_minute
    if max(minute, until_minute) > 59 or start >= DAY_MIN or end > DAY_MIN or start == end:
        raise Bad(f"{shown(cell)} is not a span of the day", "00:00 to 24:00, not empty")
    return start, end


def _trace(cell: str, column: Column) -> Any:
    raise Bad(f"{shown(cell)} is text")


READERS: dict[Type, Callable[[str, Column], Any]] = {
    Type.TEXT: _text,
    Type.WHOLE: _whole,
    Type.NUMBER: _number,
    Type.YES_NO: _yes_no,
    Type.MOMENT: _moment,
    Type.DAY: _day,
    Type.WANTED: _wanted,
    Type.WORDS: _words,
    Type.CAVEATS: _caveats,
    Type.SUBSTITUTES: _substitutes,
    Type.SPANS: _spans,
    Type.DAY_SPAN: _day_span,
    Type.TRACE: _trace,
}
