"""What is asked for when one of several things would do."""

import re
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from u24.domain.figures import Grounds
from u24.errors import InvalidInput

LONGEST_WANTED = 10_000  # characters; a longer one is a slip
MOST_PARTS = 200  # names and joins together
DEEPEST = 10  # joins inside joins

CLOSING = {"(": ")", "[": "]"}
SIGNS = "()[],"
LONGEST_NAME = 60  # of an id of the case folder
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*|\S")
A_PART = "an id of a proposal, a need or an offer, any_of(...) or all_of(...)"

Token = tuple[str, int]  # what stands there, and at which character, the first being 1


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

    def __post_init__(self) -> None:
        is_leaf = bool(self.subject) and self.join is None and not self.parts
        is_join = not self.subject and self.join is not None and bool(self.parts)
        if not is_leaf and not is_join:
            raise InvalidInput(
                f"part has subject {self.subject!r}, join {self.join} and {len(self.parts)} parts; "
                "give a subject alone, or a join with one part or more"
            )

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every id it names, in the order written, each once."""
        if self.join is None:
            return (self.subject,)
        return tuple(dict.fromkeys(each for part in self.parts for each in part.subjects))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A wish with alternatives, e.g. ``any_of(no-fly-zone, all_of(s300, aircraft))``."""

    ask_id: str
    title: str
    wanted: Part
    grounds: Grounds = field(default_factory=Grounds)


def parse_wanted(text: str) -> Part:
    """Read a wish such as ``any_of(no-fly-zone, all_of(s300-svk, mig29-pol))``.

    Square brackets do as well; spaces and line breaks count for nothing. At most
    ``LONGEST_WANTED`` characters, ``MOST_PARTS`` parts and ``DEEPEST`` joins inside joins.

    Raises
    ------
    InvalidInput
        It is no such wish; the message says at which character, what stands there, and
        what may stand there.
    """
    if len(text) > LONGEST_WANTED:
        raise InvalidInput(f"wanted has {len(text)} characters; give at most {LONGEST_WANTED}")
    tokens = deque((found.group(), found.start() + 1) for found in TOKEN.finditer(text))
    names = sum(token not in SIGNS for token, _ in tokens)
    if names > MOST_PARTS:
        raise InvalidInput(f"wanted has {names} parts; give at most {MOST_PARTS}")
    tokens.append(("", len(text) + 1))
    part = _read_part(tokens, depth=0)
    rest, at = tokens.popleft()
    if rest:
        raise _unlike(rest, at, "nothing more; join several things as any_of(...) or all_of(...)")
    return part


def wanted_text(part: Part) -> str:
    """The wish as :func:`parse_wanted` reads it."""
    if part.join is None:
        return part.subject
    return f"{part.join}({', '.join(wanted_text(each) for each in part.parts)})"


def _read_part(tokens: deque[Token], *, depth: int) -> Part:
    word, at = tokens.popleft()
    if word in tuple(Join):
        if depth == DEEPEST:
            raise InvalidInput(
                f"wanted: at character {at} {word} is inside {depth} others; "
                f"give at most {DEEPEST} inside each other"
            )
        return Part(join=Join(word), parts=_read_parts(tokens, word, depth=depth + 1))
    if not word or not word[0].isalnum() or not word[0].isascii():
        raise _unlike(word, at, A_PART)
    if len(word) > LONGEST_NAME:
        raise InvalidInput(
            f"wanted: at character {at} the id has {len(word)} characters; "
            f"give at most {LONGEST_NAME}"
        )
    return Part(subject=word)


def _read_parts(tokens: deque[Token], join: str, *, depth: int) -> tuple[Part, ...]:
    """What stands in the brackets of a join."""
    opening, at = tokens.popleft()
    if opening not in CLOSING:
        raise _unlike(opening, at, f"( or [ after {join}")
    closing = CLOSING[opening]
    parts = [_read_part(tokens, depth=depth)]
    while True:
        sign, at = tokens.popleft()
        if sign == closing:
            return tuple(parts)
        if sign != ",":
            raise _unlike(sign, at, f", or {closing}")
        parts.append(_read_part(tokens, depth=depth))


def _unlike(found: str, at: int, allowed: str) -> InvalidInput:
    told = f"character {at} is {found!r}" if found else f"it ends at character {at}"
    return InvalidInput(f"wanted: {told}; give {allowed}")
