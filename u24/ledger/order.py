"""Order among all entries: no gap in a stream, no command twice; memory stays flat."""

import numpy as np
from numpy.typing import NDArray

from u24.ledger import findings as found
from u24.ledger.findings import Findings
from u24.ledger.spill import Spill
from u24.ledger.store import Entry

Numbers = NDArray[np.int64]


class Order:
    """Watches positions, commands and streams.

    A set of all streams and commands would outgrow the memory. In their place stand, in a
    file, the 64-bit hashes that Python makes with a secret of the process. Equal names have
    equal hashes, so nothing is missed; that two names among a million meet in one hash, and
    give a false alarm, has a chance of 1 in 30 million.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._last: Entry | None = None
        self._skipped = 0
        self._streams = Spill(width=3)  # hash of the name, position, seq
        self._commands = Spill(width=2)  # hash of the key, position

    def see(self, entry: Entry) -> None:
        """Take the next entry."""
        last = self._last
        expected = (last.position if last else 0) + self._skipped + 1
        if entry.position != expected:
            self._gap(expected, entry.position)
        if entry.part == 0:
            self._commands.add(hash(entry.command), entry.position)
        elif not self._skipped and not _follows(entry, last):
            text = f"part {entry.part} of command {entry.command} does not stand behind the others"
            self._findings.add(found.BROKEN_COMMAND, entry.position, text)
        self._streams.add(hash(entry.stream), entry.position, entry.seq)
        self._last = entry
        self._skipped = 0

    def skip(self) -> None:
        """An entry cannot be read."""
        self._skipped += 1

    def finish(self) -> None:
        """Look over all commands and streams."""
        for rows in self._commands.parts():
            self._repeats(rows)
        for rows in self._streams.parts():
            self._gaps(rows)
        self._commands.close()
        self._streams.close()

    def _repeats(self, rows: Numbers) -> None:
        """Commands that stood before."""
        names, positions = rows[np.argsort(rows[:, 0], kind="stable")].T
        for place in np.flatnonzero(names[1:] == names[:-1]).tolist():
            text = f"the command of this entry was on record before, at {positions[place]}"
            self._findings.add(found.DOUBLE_COMMAND, int(positions[place + 1]), text)

    def _gap(self, expected: int, position: int) -> None:
        last = position - 1
        what = f"entry {last} is" if last == expected else f"entries {expected} to {last} are"
        self._findings.add(found.MISSING_ENTRY, position, f"{what} missing before this one")

    def _gaps(self, rows: Numbers) -> None:
        """Streams whose seqs are not 1, 2, 3 ..."""
        # stable: in order of position within each stream
        names, positions, seqs = rows[np.argsort(rows[:, 0], kind="stable")].T
        begins = np.flatnonzero(np.r_[True, names[1:] != names[:-1]])
        expected = np.arange(len(seqs)) + 1
        expected -= np.repeat(begins, np.diff(np.r_[begins, len(seqs)]))
        wrong = set(names[seqs != expected].tolist())
        for name in sorted(wrong):
            held = slice(*np.searchsorted(names, [name, name + 1]).tolist())
            self._stream(seqs[held], positions[held])

    def _stream(self, seqs: Numbers, positions: Numbers) -> None:
        place = int(np.flatnonzero(seqs != np.arange(1, len(seqs) + 1))[0])
        whole = bool((np.sort(seqs) == np.arange(1, len(seqs) + 1)).all())
        code = found.SWAPPED_ENTRIES if whole else found.MISSING_ENTRY
        text = f"seq is {seqs[place]} where its stream comes to {place + 1}"
        self._findings.add(code, int(positions[place]), text)


def _follows(entry: Entry, last: Entry | None) -> bool:
    """Whether an entry is the next part of the last one's command."""
    return last is not None and (entry.position, entry.command, entry.part, entry.asked) == (
        last.position + 1, last.command, last.part + 1, last.asked,
    )  # fmt: skip
