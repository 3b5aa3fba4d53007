"""Writer processes that are killed: each tells a pipe what it will say, and what is on record."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from benchmarks.ledger.load import command_of, drafts_of, submission_of
from u24.errors import Conflict, StoreUnavailable
from u24.ledger.group import GroupCommit
from u24.ledger.store import Receipt, Store, Submission

WRITERS = (0, 1, 2, 3)  # says one by one, in groups, and twice by threads that share a commit
_THREADS_OF_A_GROUP = 6
_LONGEST_GROUP = 12
_PAUSE_S = 0.02
_START_S = 2.0
_MOST_S = 60.0  # a writer that nobody kills ends by itself

Open = Callable[[], Store]


@dataclass(slots=True)
class Told:
    """What the writers of a round have told: lines of a pipe, whole or not at all."""

    meant: set[str] = field(default_factory=set)
    acknowledged: dict[str, int] = field(default_factory=dict)
    unavailable: int = 0
    repeated: int = 0

    @property
    def in_doubt(self) -> list[str]:
        """Commands that were given to the store and have no answer."""
        return sorted(self.meant - self.acknowledged.keys())

    def take(self, lines: bytes) -> None:
        """Read whole lines."""
        for line in lines.decode().splitlines():
            sort, command, *rest = line.split()
            match sort:
                case "?":
                    self.meant.add(command)
                case "!":
                    self.acknowledged[command] = int(rest[0])
                    self.repeated += int(rest[1])
                case _:
                    self.unavailable += 1


class Round:
    """The writers of one round, and their pipe."""

    def __init__(
        self, open_: Open, campaign: str, number: int, writers: tuple[int, ...] = WRITERS
    ) -> None:
        self.told = Told()
        self._rest = b""
        self._pipe, writing = os.pipe()
        self.pids = [_fork(open_, campaign, number, writer, writing, self._pipe)
                     for writer in writers]  # fmt: skip
        os.close(writing)

    def listen(self, until_s: float) -> None:
        """Read the pipe until a moment of ``time.monotonic``."""
        os.set_blocking(self._pipe, False)
        while (left := until_s - time.monotonic()) > 0:
            try:
                self._take(os.read(self._pipe, 1 << 16))
            except BlockingIOError:
                time.sleep(min(left, 0.001))

    def listen_first(self) -> None:
        """Wait until somebody has told something, so that the writers are at work."""
        give_up = time.monotonic() + _START_S
        while not self.told.meant and time.monotonic() < give_up:
            self.listen(time.monotonic() + 0.001)

    def kill(self, pid: int) -> None:
        """End a writer where it stands."""
        os.kill(pid, signal.SIGKILL)

    def finish(self) -> Told:
        """Kill who still lives, and read what they had told to the end."""
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)
        os.set_blocking(self._pipe, True)
        while lines := os.read(self._pipe, 1 << 16):
            self._take(lines)
        os.close(self._pipe)
        for pid in self.pids:
            _, status = os.waitpid(pid, 0)
            if not os.WIFSIGNALED(status):
                raise RuntimeError(f"a writer ended by itself with status {status}")
        return self.told

    def _take(self, lines: bytes) -> None:
        whole, _, self._rest = (self._rest + lines).rpartition(b"\n")
        self.told.take(whole)


class _Teller:
    """One end of the pipe; a line is short, so that it is written whole or not at all."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def mean(self, command: str) -> None:
        os.write(self._pipe, b"? %s\n" % command.encode())

    def acknowledge(self, command: str, receipt: Receipt) -> None:
        words = command.encode(), receipt.entries[0].position, receipt.repeated
        os.write(self._pipe, b"! %s %d %d\n" % words)

    def complain(self, command: str) -> None:
        os.write(self._pipe, b"- %s\n" % command.encode())


def _fork(open_: Open, campaign: str, number: int, writer: int, writing: int, reading: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.close(reading)
        keys = partial(_keys, campaign, number, writer)
        _write(open_, writer, keys, _Teller(writing))
    except BrokenPipeError:
        status = 0  # the campaign has ended
    finally:
        os._exit(status)


def _keys(campaign: str, number: int, writer: int, thread: int) -> Iterator[str]:
    return (command_of(campaign, number, writer, thread, at) for at in count(1))


def _write(open_: Open, writer: int, keys: Callable[[int], Iterator[str]], tell: _Teller) -> None:
    """Write for ever: one by one, in groups, or in threads that share a commit."""
    store = _patient(open_)
    if writer == 0:
        _say_one_by_one(store, keys(0), tell)
    elif writer == 1:
        _say_in_groups(store, keys(0), tell)
    else:
        shared = GroupCommit(store)
        threads = [
            threading.Thread(target=_say_one_by_one, args=(shared, keys(thread), tell), daemon=True)
            for thread in range(_THREADS_OF_A_GROUP)
        ]
        for thread in threads:
            thread.start()
        threads[0].join(_MOST_S)


def _say_one_by_one(store: Store, keys: Iterator[str], tell: _Teller) -> None:
    give_up = time.monotonic() + _MOST_S
    for command in keys:
        tell.mean(command)
        while True:
            try:
                receipt = store.append(_submission(store, command))
                break
            except Conflict:
                pass
            except StoreUnavailable:
                tell.complain(command)
                time.sleep(_PAUSE_S)
            if time.monotonic() > give_up:
                return
        tell.acknowledge(command, receipt)


def _say_in_groups(store: Store, keys: Iterator[str], tell: _Teller) -> None:
    give_up = time.monotonic() + _MOST_S
    waiting: list[str] = []
    while time.monotonic() < give_up:
        while len(waiting) < _LONGEST_GROUP:
            waiting.append(next(keys))
            tell.mean(waiting[-1])
        try:
            results = store.append_group(_group(store, waiting))
        except StoreUnavailable:
            tell.complain(waiting[0])
            time.sleep(_PAUSE_S)
            continue
        answered = dict(zip(waiting, results, strict=True))
        for command, result in answered.items():
            if isinstance(result, Receipt):
                tell.acknowledge(command, result)
        waiting = [held for held, result in answered.items() if isinstance(result, Conflict)]


def _submission(store: Store, command: str) -> Submission:
    return submission_of(command, store.stream_seq)


def _group(store: Store, commands: list[str]) -> list[Submission]:
    """Submissions that follow on each other: each expects what those before it leave."""
    seqs: dict[str, int] = {}
    for stream in sorted({held for command in commands for held in drafts_of(command)}):
        seqs[stream] = store.stream_seq(stream)
    group = []
    for command in commands:
        group.append(submission_of(command, seqs.__getitem__))
        for stream, drafts in drafts_of(command).items():
            seqs[stream] += len(drafts)
    return group


def _patient(open_: Open) -> Store:
    give_up = time.monotonic() + _MOST_S
    while True:
        try:
            return open_()
        except StoreUnavailable:
            if time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE_S)
