"""What is wrong with a record: each finding has a name, a place and a text."""

from collections import Counter
from dataclasses import dataclass

MOST_OF_A_CODE = 100

CHANGED_ENTRY = "changed-entry"
SWAPPED_ENTRIES = "swapped-entries"
MISSING_ENTRY = "missing-entry"
DOUBLE_COMMAND = "double-command"
BROKEN_COMMAND = "broken-command"
UNREADABLE = "unreadable"
CLOCK_BACK = "clock-back"
KEPT_HASH = "kept-hash"
SECOND_BEGIN = "second-begin"
KEY_TWICE = "key-twice"
UNKNOWN_KEY = "unknown-key"
REVOKED_KEY = "revoked-key"
FORGED_SIGNATURE = "forged-signature"
FORGED_HEAD = "forged-head"
REWRITTEN_PAST = "rewritten-past"
CUT_TAIL = "cut-tail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that should not be."""

    code: str
    position: int  # the entry at fault; 0 if it is the record as a whole
    text: str


class Findings:
    """Collects findings, the first hundred of each code, and counts them all."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, position: int, text: str) -> None:
        """Take one more."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_CODE:
            self._kept.append(Finding(code=code, position=position, text=text))

    def count(self, code: str) -> int:
        """How many there are of a code."""
        return self._counts[code]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each code."""
        return dict(sorted(self._counts.items()))

    def kept(self) -> tuple[Finding, ...]:
        """The findings in order of place."""
        return tuple(sorted(self._kept, key=lambda held: (held.position, held.code, held.text)))
