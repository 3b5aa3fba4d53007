"""Open connections that threads take and give back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Generic, Protocol, TypeVar

from u24.errors import StoreUnavailable


class Connection(Protocol):
    """What the pool needs of a connection."""

    def close(self) -> None:
        """Let go of it."""
        ...


C = TypeVar("C", bound=Connection)


class Pool(Generic[C]):
    """Each connection is in one thread's hands at a time, and is closed in the end.

    Parameters
    ----------
    connect
        Opens one more connection.
    is_sound
        Whether a connection that comes back can be used again.
    most
        Connections open at once.
    wait_s
        How long to wait for one, s.
    """

    def __init__(
        self,
        connect: Callable[[], C],
        is_sound: Callable[[C], bool],
        *,
        most: int,
        wait_s: float,
    ) -> None:
        self._connect = connect
        self._is_sound = is_sound
        self._most, self._wait_s = most, wait_s
        self._free = BoundedSemaphore(most)
        self._lock = Lock()
        self._idle: list[C] = []
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[C]:
        """Lend a connection.

        Raises
        ------
        StoreUnavailable
            The pool is closed, or all connections are in use for too long.
        """
        if not self._free.acquire(timeout=self._wait_s):
            raise StoreUnavailable(
                f"all {self._most} connections to the ledger are in use for more than "
                f"{self._wait_s:g} s; try again"
            )
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        """Close what is idle now, and what is lent when it comes back."""
        with self._lock:
            self._closed = True
        self._close_idle()

    def _take(self) -> C:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the ledger is closed; open it again")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: C) -> None:
        if not self._is_sound(connection):
            connection.close()
            # What broke this one has most likely broken all.
            self._close_idle()
            return
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _close_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
