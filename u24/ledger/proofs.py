"""Proofs over the hash tree: that an entry stands in it, and that it only grew.

They are made from the hashes that a store keeps, at most some hundred of them a level.
"""

from collections.abc import Callable, Iterator, Sequence

from u24.errors import InvalidInput
from u24.ledger.merkle import node_hash, root_of
from u24.ledger.store import KEPT_BITS, KEPT_LEAVES

# hashes(level, first, count) as in Store
Hashes = Callable[[int, int, int], list[bytes]]


def root_at(hashes: Hashes, tree_size: int) -> bytes:
    """The root when the ledger had ``tree_size`` entries."""
    return _range_root(hashes, 0, tree_size)


def inclusion_proof(hashes: Hashes, position: int, tree_size: int) -> list[bytes]:
    """The hashes that lead from the entry at ``position`` to the root of ``tree_size``.

    Raises
    ------
    InvalidInput
        The position is not 1 .. tree_size, or the ledger is smaller.

    Source
    ------
    RFC 6962, section 2.1.1. Its leaf m is our position m + 1.
    """
    if not 1 <= position <= tree_size:
        raise InvalidInput(f"position is {position}; in a tree of {tree_size} give 1 .. that")
    hashes = _Blocks(hashes, tree_size)
    leaf, start, end = position - 1, 0, tree_size
    path = []
    while end - start > 1:
        middle = start + _left_leaves(end - start)
        if leaf < middle:
            path.append(_range_root(hashes, middle, end))
            end = middle
        else:
            path.append(_range_root(hashes, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(hashes: Hashes, old_size: int, tree_size: int) -> list[bytes]:
    """The hashes that show that the tree of ``old_size`` grew into that of ``tree_size``.

    Raises
    ------
    InvalidInput
        ``old_size`` is not 1 .. tree_size, or the ledger is smaller.

    Source
    ------
    RFC 6962, section 2.1.2.
    """
    if not 1 <= old_size <= tree_size:
        raise InvalidInput(f"old_size is {old_size}; in a tree of {tree_size} give 1 .. that")
    hashes = _Blocks(hashes, tree_size)
    start, end = 0, tree_size
    proof = []
    while old_size != end:
        middle = start + _left_leaves(end - start)
        if old_size <= middle:
            proof.append(_range_root(hashes, middle, end))
            end = middle
        else:
            proof.append(_range_root(hashes, start, middle))
            start = middle
    if start:  # else the part that is left is the old tree, whose root the reader has
        proof.append(_range_root(hashes, start, end))
    return proof[::-1]


def is_included(
    leaf: bytes, position: int, tree_size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``path`` leads from the leaf at ``position`` to ``root``.

    Source
    ------
    RFC 9162, section 2.1.3.2; names as there.
    """
    fn, sn = position - 1, tree_size - 1
    if not 0 <= fn <= sn:
        return False
    reached = leaf
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            reached = node_hash(sibling, reached)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = node_hash(reached, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and reached == root


def is_consistent(
    old_size: int, tree_size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Whether ``proof`` shows that the old tree is the beginning of the new one.

    Source
    ------
    RFC 9162, section 2.1.4.2; names as there.
    """
    if not 1 <= old_size <= tree_size:
        return False
    if old_size == tree_size:
        return not proof and old_root == root
    hashes = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    if not proof:
        return False
    fn, sn = old_size - 1, tree_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = hashes[0]
    for sibling in hashes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(sibling, fr), node_hash(sibling, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


class _Blocks:
    """Reads whole blocks of 256 hashes, each once: a proof needs many neighbours of few blocks.

    So a proof among a million entries asks the store six times and not twenty.
    """

    def __init__(self, hashes: Hashes, tree_size: int) -> None:
        self._hashes = hashes
        self._tree_size = tree_size
        self._blocks: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, first: int, count: int) -> list[bytes]:
        """See :data:`Hashes`."""
        numbers = range(first >> KEPT_BITS, ((first + count - 1) >> KEPT_BITS) + 1)
        held = [hash_ for number in numbers for hash_ in self._block(level, number)]
        place = first % KEPT_LEAVES
        return held[place : place + count]

    def _block(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._blocks:
            first = number << KEPT_BITS
            count = min(KEPT_LEAVES, (self._tree_size >> level) - first)
            self._blocks[level, number] = self._hashes(level, first, count)
        return self._blocks[level, number]


def _left_leaves(leaves: int) -> int:
    """The largest power of two below ``leaves``."""
    return 1 << ((leaves - 1).bit_length() - 1)


def _range_root(hashes: Hashes, start: int, end: int) -> bytes:
    """The root over leaves ``start`` .. ``end`` - 1, a part that the tree's own splits give."""
    rest: list[bytes] = []  # root of what is left over on the right, below the present level
    level = 0
    while end - start >= 1 << (level + KEPT_BITS):
        first = end >> (level + KEPT_BITS) << KEPT_BITS
        held = [*_read(hashes, level, first, end >> level), *rest]
        rest = [root_of(held)] if held else []
        level += KEPT_BITS
    return root_of([*_read(hashes, level, start >> level, end >> level), *rest])


def _read(hashes: Hashes, level: int, first: int, end: int) -> Iterator[bytes]:
    if end > first:
        yield from hashes(level, first, end - first)
