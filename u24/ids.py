"""Names for things: a prefix one can read aloud, then a sortable unique part."""

import secrets
import time
from collections.abc import Callable

IdMaker = Callable[[str], str]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_TIME_BITS = 48
_CHANCE_BITS = 80
_LETTERS = 26
_BITS_OF_A_LETTER = 5


def system_ids(prefix: str) -> str:
    """Return ``prefix_`` and 26 letters: 48 bits of milliseconds, then 80 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds % (1 << _TIME_BITS) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
    letters = (
        _ALPHABET[number >> shift * _BITS_OF_A_LETTER & 31] for shift in reversed(range(_LETTERS))
    )
    return f"{prefix}_{''.join(letters)}"


def counted_ids(start: int = 1) -> IdMaker:
    """Ids for drills and tests: the same run gives the same ids."""
    count = start

    def make(prefix: str) -> str:
        nonlocal count
        made = f"{prefix}_{count:06d}"
        count += 1
        return made

    return make
