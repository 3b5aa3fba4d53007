"""A good record proves itself; keys and heads count as the record says at that place."""

import pytest

from tests.ledger.records import ANNA_KEY, BORIS_KEY, DESK_KEY, NEW_KEY, NOON, Writer, a_record
from u24.domain.facts.record import HeadPublished, KeyRegistered
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.findings import MOST_OF_A_CODE
from u24.ledger.heads import head_message, publish_head
from u24.ledger.memory import MemoryStore
from u24.ledger.merkle import EMPTY_ROOT
from u24.ledger.proofs import root_at
from u24.ledger.store import CLOCK_SET_BACK, Draft
from u24.ledger.verify import verify


@pytest.fixture
def store(clock):
    return MemoryStore(clock)


@pytest.fixture
def heads_file(tmp_path):
    return tmp_path / "heads.jsonl"


def codes(verified):
    return {(held.code, held.position) for held in verified.findings}


def test_an_empty_record_is_good(store):
    verified = verify(store)

    assert verified.good
    assert (verified.size, verified.root, verified.first_at) == (0, EMPTY_ROOT, None)


def test_a_good_record_proves_itself(store, clock, heads_file):
    a_record(store)
    head = publish_head(store, DESK_KEY, clock, heads_file)

    verified = verify(store, heads=[head], trusted_key_hex=DESK_KEY.public_key.hex())

    entries = list(store.everything())
    assert verified.findings == ()
    assert verified.good
    assert verified.ledger_id == "ledger_000001"
    assert (verified.size, verified.root) == (10, root_at(store.hashes, 10))
    assert (verified.first_at, verified.last_at) == (entries[0].at, entries[-1].at)
    assert verified.signatures == 5  # the beginning, three offers, the head
    assert (verified.heads, verified.covered) == (2, 9)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_long_record_is_checked_in_parts(store, workers):
    a_record(store, offers=1_500)
    told = []

    verified = verify(store, workers=workers, progress=lambda *held: told.append(held))

    assert verified.good
    assert verified.signatures == 1_501
    assert told == [("checking", 1_000, 1_506)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_forged_signature_is_found_in_a_long_record(store, workers):
    writer = a_record(store, offers=1_100)
    forged = writer.say(signer=NEW_KEY, actor="anna", body=b"1")
    writer.register("anna", NEW_KEY)
    wrong = writer.say(signer=_Liar(ANNA_KEY), actor="anna", body=b"2")

    verified = verify(store, workers=workers)

    assert codes(verified) == {
        ("unknown-key", forged.position),
        ("forged-signature", wrong.position),
    }


def test_a_key_signs_from_its_registration_on(store):
    writer = a_record(store)
    early = writer.say(signer=NEW_KEY, actor="clara")
    writer.register("clara", NEW_KEY)
    writer.say(signer=NEW_KEY, actor="clara")

    assert codes(verify(store)) == {("unknown-key", early.position)}


def test_a_key_signs_for_its_person_alone(store):
    writer = a_record(store)
    stolen = writer.say(signer=BORIS_KEY, actor="anna")

    verified = verify(store)

    assert codes(verified) == {("forged-signature", stolen.position)}
    assert "anna is said to have signed with" in verified.findings[0].text
    assert "of boris" in verified.findings[0].text


def test_a_revoked_key_signs_nothing_more(store):
    writer = a_record(store)
    writer.say(signer=ANNA_KEY)
    revoked = writer.revoke("anna", ANNA_KEY)
    late = writer.say(signer=ANNA_KEY)

    verified = verify(store)

    assert codes(verified) == {("revoked-key", late.position)}
    assert f"revoked at {revoked.position}" in verified.findings[0].text


def test_a_revoked_key_cannot_be_registered_again(store):
    writer = a_record(store)
    writer.revoke("anna", ANNA_KEY)
    again = writer.register("anna", ANNA_KEY)
    late = writer.say(signer=ANNA_KEY)

    assert codes(verify(store)) == {("key-twice", again.position), ("revoked-key", late.position)}


def test_a_second_revocation_moves_no_end(store):
    writer = a_record(store)
    writer.revoke("desk", DESK_KEY)
    size = writer.say().position
    writer.revoke("desk", DESK_KEY)
    told = writer.tell(_head_fact(store, size))

    assert codes(verify(store)) == {("revoked-key", told.position)}


@pytest.mark.parametrize(
    ("key_id", "signature", "code"),
    [
        (ANNA_KEY.key_id, b"", "forged-signature"),
        ("", bytes(64), "unknown-key"),
    ],
)
def test_half_a_signature_is_none(store, key_id, signature, code):
    writer = a_record(store)
    draft = Draft(kind="offer.made/1", actor="anna", body=b"{}", key_id=key_id, signature=signature)
    [entry] = writer.put("half", {"offer/1": [draft]})

    assert codes(verify(store)) == {(code, entry.position)}


def test_a_new_key_takes_the_place_of_the_one_that_signed_for_it(store):
    writer = a_record(store)
    writer.rotate("anna", ANNA_KEY, NEW_KEY)
    writer.say(signer=NEW_KEY)
    late = writer.say(signer=ANNA_KEY)

    verified = verify(store)

    assert codes(verified) == {("revoked-key", late.position)}
    assert "replaced at" in verified.findings[0].text


def test_a_key_that_another_key_put_in_place_signs_nothing(store):
    writer = a_record(store)
    rotated = writer.rotate("anna", ANNA_KEY, NEW_KEY, signer=BORIS_KEY)
    signed = writer.say(signer=NEW_KEY)

    assert codes(verify(store)) == {
        ("forged-signature", rotated.position),
        ("unknown-key", signed.position),
    }


def test_a_person_cannot_replace_the_key_of_another(store):
    writer = a_record(store)
    rotated = writer.rotate("anna", BORIS_KEY, NEW_KEY)
    signed = writer.say(signer=NEW_KEY)

    assert codes(verify(store)) == {
        ("forged-signature", rotated.position),
        ("unknown-key", signed.position),
    }


def test_a_revoked_key_puts_no_other_in_its_place(store):
    writer = a_record(store)
    writer.revoke("anna", ANNA_KEY)
    rotated = writer.rotate("anna", ANNA_KEY, NEW_KEY)
    signed = writer.say(signer=NEW_KEY)

    assert codes(verify(store)) == {
        ("forged-signature", rotated.position),
        ("revoked-key", rotated.position),
        ("unknown-key", signed.position),
    }


def test_a_key_that_a_person_never_had_cannot_be_revoked(store):
    writer = a_record(store)
    revoked = writer.revoke("boris", ANNA_KEY)
    writer.say(signer=ANNA_KEY)

    assert codes(verify(store)) == {("unknown-key", revoked.position)}


def test_a_key_must_bear_its_own_name(store):
    writer = a_record(store)
    named = writer.register("clara", NEW_KEY, key_id=ANNA_KEY.key_id)
    none = writer.register("clara", NEW_KEY, public_key_hex="00")

    verified = verify(store)

    assert codes(verified) == {("unreadable", named.position), ("unreadable", none.position)}


def test_a_person_may_sign_the_registration_of_the_own_key(store):
    writer = a_record(store)
    fact = KeyRegistered(
        said_at=NOON, person_id="clara", key_id=NEW_KEY.key_id,
        public_key_hex=NEW_KEY.public_key.hex(),
    )  # fmt: skip

    writer.tell(fact, actor="clara", signer=NEW_KEY)

    assert verify(store).good


def test_a_record_begins_once(store):
    writer = a_record(store)
    again = writer.begin()

    assert codes(verify(store)) == {("second-begin", again.position)}


def test_the_desk_may_change_its_key(store, clock, heads_file):
    writer = a_record(store)
    first = publish_head(store, DESK_KEY, clock, heads_file)
    writer.rotate("desk", DESK_KEY, NEW_KEY)
    second = publish_head(store, NEW_KEY, clock, heads_file)

    verified = verify(store, heads=[second, first], trusted_key_hex=DESK_KEY.public_key.hex())

    assert verified.findings == ()
    assert verified.covered == second.tree_size


def test_a_head_signed_with_the_desk_s_replaced_key_is_found(store, clock, heads_file):
    writer = a_record(store)
    writer.rotate("desk", DESK_KEY, NEW_KEY)
    head = publish_head(store, DESK_KEY, clock, heads_file)

    verified = verify(store, heads=[head])

    assert codes(verified) == {("revoked-key", head.tree_size), ("revoked-key", 11)}
    assert verified.covered == 0


def test_a_head_signed_by_a_person_is_no_head(store, clock, heads_file):
    a_record(store)
    head = publish_head(store, ANNA_KEY, clock, heads_file)

    verified = verify(store, heads=[head])

    assert ("forged-head", head.tree_size) in codes(verified)
    assert ("forged-head", 10) in codes(verified)


@pytest.mark.parametrize("tree_size", [1, 255, 256, 257, 306])
def test_a_head_may_come_on_record_late(store, tree_size):
    writer = a_record(store, offers=300)

    writer.tell(_head_fact(store, tree_size))

    assert verify(store).good


def test_a_head_on_record_that_does_not_fit_is_found(store):
    writer = a_record(store)

    told = writer.tell(_head_fact(store, 5, root=bytes(32)))

    assert codes(verify(store)) == {("rewritten-past", told.position)}


def test_a_head_cannot_know_what_came_after_it(store):
    writer = a_record(store)
    fact = HeadPublished(
        said_at=NOON, tree_size=99, root_hex="00" * 32, head_at=NOON,
        key_id=DESK_KEY.key_id, signature_hex="00" * 64,
    )  # fmt: skip
    told = writer.tell(fact)

    assert codes(verify(store)) == {("forged-head", told.position)}


def test_a_head_of_another_record_is_no_head_of_this(store, clock, heads_file):
    other = MemoryStore(clock)
    Writer(other).begin(ledger_id="ledger_000002")
    head = publish_head(other, DESK_KEY, clock, heads_file)
    a_record(store)

    verified = verify(store, heads=[head])

    assert codes(verified) == {("forged-head", 1)}
    assert "another record" in verified.findings[0].text


def test_a_record_that_begins_with_another_key_than_the_trusted_one_is_found(store):
    a_record(store)

    verified = verify(store, trusted_key_hex=ANNA_KEY.public_key.hex())

    assert codes(verified) == {("unknown-key", 1)}


def test_a_clock_that_a_human_set_back_is_no_finding(now_and_store):
    now, store = now_and_store
    writer = a_record(store)
    now.turn(hours=-1)
    writer.say(CLOCK_SET_BACK, b'{"reason":"it ran ahead"}', actor="anna")
    writer.say()

    assert verify(store).good


def test_findings_are_counted_when_there_are_too_many_to_tell(store):
    writer = a_record(store)
    for _ in range(MOST_OF_A_CODE + 20):
        writer.say(signer=NEW_KEY)

    verified = verify(store)

    assert len(verified.findings) == MOST_OF_A_CODE
    assert verified.counts == {"unknown-key": MOST_OF_A_CODE + 20}


def test_a_record_that_cannot_be_reached_is_not_called_tampered(store):
    a_record(store)
    store.close()

    with pytest.raises(StoreUnavailable):
        verify(store)


def test_a_record_that_goes_away_while_it_is_read_is_not_called_tampered(store):
    class Going:
        """Gives ten entries, and then nothing more, not even how many there are."""

        def __init__(self):
            self.gone = False

        def __getattr__(self, name):
            if self.gone:
                raise StoreUnavailable("the server cannot be reached")
            return getattr(store, name)

        def everything(self, *, after=0):
            for entry in store.everything(after=after):
                if self.gone or entry.position > 10:
                    self.gone = True
                    raise StoreUnavailable("the server cannot be reached")
                yield entry

    a_record(store, offers=20)

    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        verify(Going())


def test_a_key_that_is_none_is_refused(store):
    with pytest.raises(InvalidInput, match="must be 64 letters"):
        verify(store, trusted_key_hex="abc")


@pytest.fixture
def now_and_store():
    from tests.ledger.stores import HandClock

    now = HandClock()
    return now, MemoryStore(now)


class _Liar:
    """Names one key and signs with another."""

    def __init__(self, key):
        self.key_id = key.key_id
        self.public_key = key.public_key

    def sign(self, message):
        return BORIS_KEY.sign(message)


def _head_fact(store, tree_size, *, root=None):
    root = root or root_at(store.hashes, tree_size)
    signature = DESK_KEY.sign(head_message("ledger_000001", tree_size, root, NOON))
    return HeadPublished(
        said_at=NOON, tree_size=tree_size, root_hex=root.hex(), head_at=NOON,
        key_id=DESK_KEY.key_id, signature_hex=signature.hex(),
    )  # fmt: skip
