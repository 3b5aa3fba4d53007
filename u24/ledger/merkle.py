"""The hash tree over all entries, as RFC 6962 section 2.1 defines it.

The tree head of n entries names all of them: who holds a signed head can find any later
change. Whole subtrees of 256 leaves are kept by the stores, so that a proof among a
million entries reads some hundred hashes and not a million.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_LEAF = b"\x00"
_NODE = b"\x01"
# The stores keep every eighth level; a growing tree holds what is not yet whole of each.
_STEP_BITS = 8
_STEP = 1 << _STEP_BITS

Whole = Callable[[int, int, bytes], None]


def leaf_hash(content: bytes) -> bytes:
    """The hash of one entry's content: SHA-256(0x00 || content)."""
    return sha256(_LEAF + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(_NODE + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, or over roots of equal whole subtrees, in order.

    The last may be the root of a smaller subtree: the tree over all leaves is the same.

    Source
    ------
    RFC 6962, section 2.1: the left subtree takes the largest power of two below n.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        paired = [
            node_hash(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)
        ]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]


class GrowingTree:
    """The root of leaves that come one by one, with less than 256 hashes a level in memory.

    ``whole`` is called with (level, number, hash) for each whole subtree of 256 leaves,
    of 65,536, and so on: those that the stores keep.
    """

    def __init__(self, whole: Whole | None = None) -> None:
        self.size = 0
        self._pending: list[list[bytes]] = [[]]
        self._whole = whole

    def add(self, leaf: bytes) -> None:
        """Take the next leaf."""
        self.size += 1
        pending = self._pending[0]
        pending.append(leaf)
        if len(pending) == _STEP:
            self._close(0)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        rest: list[bytes] = []
        for pending in self._pending:
            held = [*pending, *rest]
            rest = [root_of(held)] if held else []
        return rest[0] if rest else EMPTY_ROOT

    def _close(self, place: int) -> None:
        """Put one hash for 256 into the level above."""
        if place + 1 == len(self._pending):
            self._pending.append([])
        root = root_of(self._pending[place])
        self._pending[place].clear()
        if self._whole:
            level = (place + 1) * _STEP_BITS
            self._whole(level, (self.size >> level) - 1, root)
        above = self._pending[place + 1]
        above.append(root)
        if len(above) == _STEP:
            self._close(place + 1)
