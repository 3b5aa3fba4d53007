"""The tree and its growing form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger import trees
from u24.ledger.merkle import GrowingTree, root_of

MOST = 1_100
LEAVES = trees.some_leaves(MOST)


@given(size=st.integers(0, MOST))
def test_the_root_is_that_of_the_definition(size):
    assert root_of(LEAVES[:size]) == trees.root(LEAVES[:size])


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, 1_023, 1_100])
def test_a_growing_tree_has_the_same_root_at_every_size(size):
    growing = GrowingTree()

    for leaf in LEAVES[:size]:
        growing.add(leaf)

    assert growing.size == size
    assert growing.root() == trees.root(LEAVES[:size])


def test_a_growing_tree_tells_each_whole_subtree_once_when_it_is_whole():
    told = []
    growing = GrowingTree(lambda level, number, _: told.append((growing.size, level, number)))

    for leaf in trees.some_leaves(65_536):
        growing.add(leaf)

    assert told[:2] == [(256, 8, 0), (512, 8, 1)]
    assert told[-2:] == [(65_536, 8, 255), (65_536, 16, 0)]
    assert len(told) == 257


def test_a_growing_tree_tells_the_hashes_of_the_definition():
    told = []
    growing = GrowingTree(lambda level, number, root: told.append((level, number, root)))

    for leaf in LEAVES:
        growing.add(leaf)

    assert told == [
        (8, number, trees.root(LEAVES[256 * number : 256 * number + 256])) for number in range(4)
    ]
