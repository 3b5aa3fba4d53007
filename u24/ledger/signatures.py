"""Many signatures, checked together by a few threads: the check itself does not hold Python up."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from u24.ledger.findings import FORGED_SIGNATURE, Findings
from u24.ledger.keys import is_signed

_AT_ONCE = 1_024

# position, who, public key, signature, message
Waiting = tuple[int, str, bytes, bytes, bytes]


class SignatureCheck:
    """Takes signatures one by one; holds at most a thousand before it checks them."""

    def __init__(self, findings: Findings, workers: int) -> None:
        self.count = 0
        self._findings = findings
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers) if workers > 1 else None
        self._waiting: list[Waiting] = []

    def add(self, waiting: Waiting) -> None:
        """Take one more."""
        self.count += 1
        self._waiting.append(waiting)
        if len(self._waiting) == _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Check what waits."""
        parts = [self._waiting[place :: self._workers] for place in range(self._workers)]
        checked = self._pool.map(_forged, parts) if self._pool else map(_forged, parts)
        for forged in checked:
            for position, actor, *_ in forged:
                text = f"{actor} did not sign this: the signature fits neither text nor key"
                self._findings.add(FORGED_SIGNATURE, position, text)
        self._waiting.clear()

    def __enter__(self) -> "SignatureCheck":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _forged(part: Sequence[Waiting]) -> list[Waiting]:
    return [held for held in part if not is_signed(held[2], held[3], held[4])]
