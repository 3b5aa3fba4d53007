"""Proofs over the tree: as RFC 6962 defines them, and nothing else passes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger import trees
from u24.errors import InvalidInput
from u24.ledger.memory import MemoryStore
from u24.ledger.merkle import GrowingTree
from u24.ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root_at,
)
from u24.ledger.sqlite import SqliteStore

SMALL = trees.Tree(trees.some_leaves(70))
LARGE = trees.Tree(trees.some_leaves(2_000))
pairs = st.integers(1, 2_000).flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size)))


def test_every_small_inclusion_proof_is_that_of_the_definition_and_holds():
    for size in range(1, 71):
        leaves = SMALL.leaves[:size]
        root = trees.root(leaves)
        assert root_at(SMALL.hashes, size) == root
        for position in range(1, size + 1):
            proof = inclusion_proof(SMALL.hashes, position, size)
            assert proof == trees.path(position - 1, leaves)
            assert is_included(leaves[position - 1], position, size, proof, root)


def test_every_small_consistency_proof_is_that_of_the_definition_and_holds():
    for size in range(1, 71):
        root = trees.root(SMALL.leaves[:size])
        for old in range(1, size + 1):
            proof = consistency_proof(SMALL.hashes, old, size)
            assert proof == trees.subproof(old, SMALL.leaves[:size], known=True)
            assert is_consistent(old, size, proof, trees.root(SMALL.leaves[:old]), root)


@settings(max_examples=60)
@given(pair=pairs)
def test_large_proofs_are_those_of_the_definition_and_hold(pair):
    position, size = pair
    leaves = LARGE.leaves[:size]
    root = trees.root(leaves)

    inclusion = inclusion_proof(LARGE.hashes, position, size)
    consistency = consistency_proof(LARGE.hashes, position, size)

    assert root_at(LARGE.hashes, size) == root
    assert inclusion == trees.path(position - 1, leaves)
    assert consistency == trees.subproof(position, leaves, known=True)
    assert is_included(leaves[position - 1], position, size, inclusion, root)
    assert is_consistent(position, size, consistency, trees.root(leaves[:position]), root)


@settings(max_examples=150)
@given(pair=pairs, place=st.integers(0, 12), bit=st.integers(0, 255))
def test_a_proof_with_any_bit_changed_fails(pair, place, bit):
    position, size = pair
    old_root, root = root_at(LARGE.hashes, position), root_at(LARGE.hashes, size)
    leaf = LARGE.leaves[position - 1]
    inclusion = inclusion_proof(LARGE.hashes, position, size)
    consistency = consistency_proof(LARGE.hashes, position, size)

    assert not is_included(flip([leaf], 0, bit)[0], position, size, inclusion, root)
    assert not is_included(leaf, position, size, inclusion, flip([root], 0, bit)[0])
    if inclusion:
        assert not is_included(leaf, position, size, flip(inclusion, place, bit), root)
    if consistency:
        changed = flip(consistency, place, bit)
        assert not is_consistent(position, size, changed, old_root, root)
        assert not is_consistent(position, size, consistency, flip([old_root], 0, bit)[0], root)
        assert not is_consistent(position, size, consistency, old_root, flip([root], 0, bit)[0])


@settings(max_examples=150)
@given(pair=pairs, other=st.integers(-1, 2_100))
def test_a_proof_holds_at_no_other_place(pair, other):
    position, size = pair
    old_root, root = root_at(LARGE.hashes, position), root_at(LARGE.hashes, size)
    leaf = LARGE.leaves[position - 1]
    inclusion = inclusion_proof(LARGE.hashes, position, size)
    consistency = consistency_proof(LARGE.hashes, position, size)

    if other != position:
        assert not is_included(leaf, other, size, inclusion, root)
    if position not in {other, size}:
        assert not is_consistent(other, size, consistency, old_root, root)


@settings(max_examples=100)
@given(pair=pairs, extra=st.binary(min_size=32, max_size=32))
def test_a_proof_with_a_hash_too_many_or_too_few_fails(pair, extra):
    position, size = pair
    old_root, root = root_at(LARGE.hashes, position), root_at(LARGE.hashes, size)
    leaf = LARGE.leaves[position - 1]
    inclusion = inclusion_proof(LARGE.hashes, position, size)
    consistency = consistency_proof(LARGE.hashes, position, size)

    for wrong in ([*inclusion, extra], [extra, *inclusion], inclusion[:-1]):
        assert wrong == inclusion or not is_included(leaf, position, size, wrong, root)
    for wrong in ([*consistency, extra], [extra, *consistency], consistency[:-1]):
        assert wrong == consistency or not is_consistent(position, size, wrong, old_root, root)


def test_a_proof_of_the_size_a_tree_had_does_not_hold_where_the_path_is_longer():
    proof = inclusion_proof(SMALL.hashes, 3, 8)

    held = [
        size
        for size in range(1, 71)
        if is_included(SMALL.leaves[2], 3, size, proof, root_at(SMALL.hashes, 8))
    ]

    assert set(held) == {5, 6, 7, 8}  # the same way up; so the root must always name its size


def test_a_hash_above_the_root_is_not_climbed_to():
    # the last of three stands under the root of two: as if it were alone, with one hash more
    two, root = trees.root(SMALL.leaves[:2]), trees.root(SMALL.leaves[:3])

    assert is_included(SMALL.leaves[2], 3, 3, [two], root)
    assert not is_included(SMALL.leaves[2], 1, 1, [two], root)


def test_a_proof_among_many_entries_reads_a_few_hundred_hashes():
    kept = KeptHashes(70_000)

    inclusion_proof(kept.hashes, 33_333, 70_000)
    consistency_proof(kept.hashes, 33_333, 70_000)

    assert sum(kept.reads) <= 2 * 4 * 256
    assert is_included(
        kept.levels[0][33_332], 33_333, 70_000,
        inclusion_proof(kept.hashes, 33_333, 70_000), kept.root,
    )  # fmt: skip


@pytest.mark.parametrize("make", ["memory", "sqlite"])
def test_a_store_gives_the_hashes_that_proofs_need(make, tmp_path, clock):
    from tests.ledger.records import a_record

    store = MemoryStore(clock) if make == "memory" else SqliteStore(tmp_path / "a.db", clock)
    a_record(store, offers=300)
    leaves = [entry.leaf for entry in store.everything()]

    proof = inclusion_proof(store.hashes, 280, len(leaves))

    assert proof == trees.path(279, leaves)
    assert root_at(store.hashes, 290) == trees.root(leaves[:290])
    store.close()


@pytest.mark.parametrize("position", [0, 71])
def test_a_place_outside_of_the_tree_has_no_proof(position):
    with pytest.raises(InvalidInput, match=rf"position is {position}; in a tree of 70 give 1 \.\."):
        inclusion_proof(SMALL.hashes, position, 70)
    with pytest.raises(InvalidInput, match=rf"old_size is {position}; in a tree of 70 give 1 \.\."):
        consistency_proof(SMALL.hashes, position, 70)


class KeptHashes:
    """What a store keeps over many leaves; counts what is read."""

    def __init__(self, count):
        self.levels = {0: trees.some_leaves(count), 8: [], 16: []}
        self.reads = []
        growing = GrowingTree(lambda level, _number, root: self.levels[level].append(root))
        for leaf in self.levels[0]:
            growing.add(leaf)
        self.root = growing.root()

    def hashes(self, level, first, count):
        self.reads.append(count)
        found = self.levels[level][first : first + count]
        assert len(found) == count
        return found


def flip(hashes, place, bit):
    changed = [bytearray(held) for held in hashes]
    changed[place % len(changed)][bit // 8] ^= 1 << bit % 8
    return [bytes(held) for held in changed]
