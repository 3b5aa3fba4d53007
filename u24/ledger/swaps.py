"""Which of the changed entries were exchanged with each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from u24.ledger.merkle import leaf_hash
from u24.ledger.store import Entry, entry_content

MOST_CHANGED = 64  # pairs grow with the square; with more than that, a change is a change


def find_swaps(changed: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of entries whose leaves fit again when they change places, or what they say."""
    return [
        (one, other)
        for one, other in combinations(changed[:MOST_CHANGED], 2)
        if {one.leaf, other.leaf} & {leaf_hash(entry_content(held)) for held in _back(one, other)}
    ]


def _back(one: Entry, other: Entry) -> Iterator[Entry]:
    for here, there in ((one, other), (other, one)):
        yield replace(here, position=there.position)
        yield replace(here, position=there.position, seq=there.seq)
        yield replace(here, body=there.body)
        yield replace(
            here, kind=there.kind, actor=there.actor, body=there.body,
            key_id=there.key_id, signature=there.signature,
        )  # fmt: skip
