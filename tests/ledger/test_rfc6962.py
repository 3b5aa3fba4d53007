"""Figures that others computed.

Source: transparency-dev/merkle, testonly/constants.go and proof/verify_test.go (2017, 2019;
Apache-2.0), the same as in google/certificate-transparency. Leaves count from 1.
"""

import pytest

from tests.ledger.trees import Tree
from u24.ledger.merkle import EMPTY_ROOT, GrowingTree, leaf_hash
from u24.ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root_at,
)

INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
LEAVES = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NODE_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
NODE_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
NODE_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
NODE_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSIONS = [
    (1, 1, []),
    (1, 8, [LEAVES[1], NODE_2_3, NODE_4_7]),
    (6, 8, [LEAVES[4], NODE_6_7, ROOTS[4]]),
    (3, 3, [ROOTS[2]]),
    (2, 5, [LEAVES[0], NODE_2_3, LEAVES[4]]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [LEAVES[1], NODE_2_3, NODE_4_7]),
    (6, 8, [NODE_4_5, NODE_6_7, ROOTS[4]]),
    (2, 5, [NODE_2_3, LEAVES[4]]),
    (6, 7, [NODE_4_5, LEAVES[6], ROOTS[4]]),
]
TREE = Tree([leaf_hash(bytes.fromhex(text)) for text in INPUTS])


def hexes(hashes):
    return [held.hex() for held in hashes]


def raw(texts):
    return [bytes.fromhex(text) for text in texts]


def test_leaves_are_hashed_as_published():
    assert hexes(TREE.leaves) == LEAVES


def test_the_root_of_an_empty_tree_is_as_published():
    assert EMPTY_ROOT.hex() == ROOTS[0]
    assert root_at(TREE.hashes, 0) == GrowingTree().root() == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_as_published(size):
    growing = GrowingTree()

    for leaf in TREE.leaves[:size]:
        growing.add(leaf)

    assert growing.root().hex() == root_at(TREE.hashes, size).hex() == ROOTS[size]


@pytest.mark.parametrize(("position", "size", "path"), INCLUSIONS)
def test_inclusion_proofs_are_as_published(position, size, path):
    made = inclusion_proof(TREE.hashes, position, size)

    assert hexes(made) == path
    assert is_included(
        TREE.leaves[position - 1], position, size, raw(path), bytes.fromhex(ROOTS[size])
    )


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENCIES)
def test_consistency_proofs_are_as_published(old, size, proof):
    made = consistency_proof(TREE.hashes, old, size)

    assert hexes(made) == proof
    assert is_consistent(old, size, raw(proof), *raw([ROOTS[old], ROOTS[size]]))


@pytest.mark.parametrize(("position", "size"), [(0, 1), (2, 1), (1, 0), (3, 1)])
def test_no_leaf_stands_outside_of_its_tree(position, size):
    some = bytes.fromhex(LEAVES[0])

    assert not is_included(some, position, size, [], some)


@pytest.mark.parametrize(
    ("old", "size", "proof"), [(0, 0, []), (0, 1, []), (2, 1, []), (1, 2, []), (1, 1, [EMPTY_ROOT])]
)
def test_no_tree_grows_from_nothing_or_backwards(old, size, proof):
    assert not is_consistent(old, size, proof, EMPTY_ROOT, EMPTY_ROOT)
