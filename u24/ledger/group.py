"""One commit for many threads: who waits together is written together."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from threading import Condition, Thread

from u24.errors import Conflict, StoreUnavailable
from u24.ledger.store import Entry, Receipt, Store, Submission

MOST_IN_A_GROUP = 256
MOST_WAITING = 4_096

_Waiting = tuple[Submission, Future[Receipt]]


class GroupCommit:
    """Meets :class:`u24.ledger.store.Store` in front of another store, which it closes.

    One thread writes. While it waits for the disk, others come; it takes them all in its
    next commit. So a store that commits 300 times a second takes thousands of submissions.
    """

    def __init__(
        self,
        store: Store,
        *,
        most_in_a_group: int = MOST_IN_A_GROUP,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._store = store
        self._most_in_a_group = most_in_a_group
        self._most_waiting = most_waiting
        self._waiting: deque[_Waiting] = deque()
        self._changed = Condition()
        self._closing = False
        # A daemon: a program that forgets to close must still be able to end.
        self._writer = Thread(target=self._write_all, name="ledger-writer", daemon=True)
        self._writer.start()

    def append(self, submission: Submission) -> Receipt:
        """See :class:`u24.ledger.store.Store`; waits for its group's commit."""
        answer: Future[Receipt] = Future()
        with self._changed:
            self._changed.wait_for(
                lambda: self._closing or len(self._waiting) < self._most_waiting
            )  # fmt: skip
            if self._closing:
                raise StoreUnavailable("the ledger is closed; open it again")
            self._waiting.append((submission, answer))
            self._changed.notify_all()
        return answer.result()

    def append_group(self, submissions: Sequence[Submission]) -> list[Receipt | Conflict]:
        """See :class:`u24.ledger.store.Store`; it is a group already, and goes by itself."""
        return self._store.append_group(submissions)

    def size(self) -> int:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.size()

    def stream_seq(self, stream: str) -> int:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.stream_seq(stream)

    def stream(self, stream: str, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.stream(stream, after=after)

    def everything(self, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.everything(after=after)

    def find_command(self, command: str) -> tuple[Entry, ...]:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.find_command(command)

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """See :class:`u24.ledger.store.Store`."""
        return self._store.hashes(level, first, count)

    def close(self) -> None:
        """Write what still waits, then close the store behind."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._writer.join()
        self._store.close()

    def _write_all(self) -> None:
        while group := self._take():
            self._write(group)

    def _take(self) -> list[_Waiting]:
        """The next group in order of arrival; empty when closed and nothing waits."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._waiting)
            count = min(len(self._waiting), self._most_in_a_group)
            group = [self._waiting.popleft() for _ in range(count)]
            self._changed.notify_all()
        return group

    def _write(self, group: list[_Waiting]) -> None:
        try:
            results = self._store.append_group([submission for submission, _ in group])
        except StoreUnavailable as error:
            for _, answer in group:
                # One of its own for each thread: raising it writes a traceback into it.
                answer.set_exception(StoreUnavailable(str(error)))
        except BaseException as error:  # noqa: BLE001 - or its callers would wait for ever
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            # One of them is to blame, and the others must not suffer for it.
            for alone in group:
                self._write([alone])
        else:
            for (_, answer), result in zip(group, results, strict=True):
                if isinstance(result, Conflict):
                    answer.set_exception(result)
                else:
                    answer.set_result(result)
