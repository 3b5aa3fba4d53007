"""Every store against a list: whatever comes in whatever order."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.stores import HandClock, a_draft, submit
from u24.errors import Conflict
from u24.ledger.merkle import leaf_hash, root_of
from u24.ledger.store import KEPT_LEAVES, Batch, entry_content

STREAMS = st.sampled_from(["a", "b", "c"])
BATCH = st.tuples(STREAMS, st.integers(-1, 1), st.sampled_from([0, 1, 2, 200]))
SUBMISSION = st.tuples(
    st.integers(1, 8), st.lists(BATCH, min_size=1, max_size=3, unique_by=lambda found: found[0])
).filter(lambda found: any(drafts for _, _, drafts in found[1]))
STEPS = st.lists(st.tuples(st.lists(SUBMISSION, min_size=1, max_size=4), st.booleans()), max_size=6)


class Model:
    """The rules in a list of (stream, seq, command, part)."""

    def __init__(self):
        self.rows = []

    def seq(self, stream):
        return sum(row[0] == stream for row in self.rows)

    def write(self, submission):
        """What the answer must be: ``repeated``, ``conflict`` or ``written``."""
        if any(row[2] == submission.command for row in self.rows):
            return "repeated"
        if any(self.seq(batch.stream) != batch.expect_seq for batch in submission.batches):
            return "conflict"
        drafts = [b.stream for b in submission.batches for _ in b.drafts]
        for part, stream in enumerate(drafts):
            self.rows.append((stream, self.seq(stream) + 1, submission.command, part))
        return "written"


def make(model, number, batches):
    """A submission that mostly expects what stands, and sometimes one more or less."""
    return submit(f"command-{number}", *(
        Batch(
            stream=stream,
            expect_seq=model.seq(stream) + (off if abs(number) % 3 == 0 else 0),
            drafts=tuple(a_draft(body=bytes([i % 256])) for i in range(drafts)),
        )
        for stream, off, drafts in batches
    ))  # fmt: skip


def name_of(result):
    if isinstance(result, Conflict):
        return "conflict"
    return "repeated" if result.repeated else "written"


def append_alone(store, submissions):
    for submission in submissions:
        result = None
        with suppress(Conflict):
            result = store.append(submission)
        yield result or Conflict()


@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=STEPS)
def test_a_store_holds_what_a_list_would_hold(maker, steps):
    clock, model = HandClock(), Model()
    store = maker.open(clock)
    for wanted, together in steps:
        clock.turn(seconds=1)
        submissions = [make(model, number, batches) for number, batches in wanted]
        expected = [model.write(submission) for submission in submissions]
        append = store.append_group if together else lambda held: append_alone(store, held)
        assert [name_of(result) for result in append(submissions)] == expected

    entries = list(store.everything())
    assert [(e.stream, e.seq, e.command, e.part) for e in entries] == model.rows
    assert [e.position for e in entries] == list(range(1, len(entries) + 1))
    assert all(e.leaf == leaf_hash(entry_content(e)) for e in entries)
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    for stream in "abc":
        assert list(store.stream(stream)) == [e for e in entries if e.stream == stream]
    for command in {e.command for e in entries}:
        assert list(store.find_command(command)) == [e for e in entries if e.command == command]
    whole = len(entries) // KEPT_LEAVES
    leaves = store.hashes(0, 0, len(entries))
    assert leaves == [e.leaf for e in entries]
    assert store.hashes(8, 0, whole) == [
        root_of(leaves[i * KEPT_LEAVES : (i + 1) * KEPT_LEAVES]) for i in range(whole)
    ]
    store.close()


def test_the_second_level_of_subtrees_is_kept_at_65536(maker_of):
    for make_name in ("memory", "sqlite"):
        with maker_of(make_name) as maker:
            store = maker.open()
            for number in range(17):
                drafts = tuple(a_draft() for _ in range(4_000))
                store.append(submit(None, Batch(stream=f"s{number}", expect_seq=0, drafts=drafts)))

            [kept] = store.hashes(16, 0, 1)
            assert kept == root_of(store.hashes(0, 0, 65_536)) == root_of(store.hashes(8, 0, 256))
