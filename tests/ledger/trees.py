"""Trees by the letter of RFC 6962, section 2.1: slow, and sure."""

from hashlib import sha256

from u24.ledger.merkle import EMPTY_ROOT, node_hash


class Tree:
    """Leaves, and the kept hashes over them, as a store gives them."""

    def __init__(self, leaves):
        self.leaves = leaves
        self.reads = []

    def hashes(self, level, first, count):
        self.reads.append((level, first, count))
        assert (first + count) << level <= len(self.leaves), "only whole subtrees are kept"
        width = 1 << level
        return [
            root(self.leaves[number * width : (number + 1) * width])
            for number in range(first, first + count)
        ]


def some_leaves(count):
    return [sha256(b"%d" % number).digest() for number in range(count)]


def split(count):
    """The largest power of two below ``count``."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    middle = split(len(leaves))
    return node_hash(root(leaves[:middle]), root(leaves[middle:]))


def path(place, leaves):
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if place < middle:
        return [*path(place, leaves[:middle]), root(leaves[middle:])]
    return [*path(place - middle, leaves[middle:]), root(leaves[:middle])]


def subproof(old, leaves, *, known):
    """SUBPROOF(m, D[n], b)."""
    if old == len(leaves):
        return [] if known else [root(leaves)]
    middle = split(len(leaves))
    if old <= middle:
        return [*subproof(old, leaves[:middle], known=known), root(leaves[middle:])]
    return [*subproof(old - middle, leaves[middle:], known=False), root(leaves[:middle])]
