"""A body that was once written is read for ever.

Files in ``golden`` are never changed. A new kind, or a new version, brings a new file; the
old file stays, and its lift is then tested against the present word.
"""

from pathlib import Path

import pytest

from tests.facts import one_of_each
from u24.errors import InvalidInput
from u24.wire import facts as wire
from u24.wire.facts import KINDS, LIFTS, decode_fact, encode_fact, kind_of

GOLDEN = Path(__file__).parent / "golden"
BUILT = one_of_each()

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


def golden_body(kind):
    """``offer.made/1`` stands in ``offer.made-1.json``."""
    return (GOLDEN / f"{kind.replace('/', '-')}.json").read_bytes()


def test_every_kind_that_was_ever_written_has_a_golden_body_and_no_other_has():
    kept = {path.name for path in GOLDEN.iterdir()}

    assert kept == {f"{kind.replace('/', '-')}.json" for kind in {*KINDS, *LIFTS}}


@every_kind
def test_a_golden_body_gives_the_same_bytes_again(kind):
    body = golden_body(kind)

    assert encode_fact(decode_fact(kind, body)) == body


@every_kind
def test_a_golden_body_means_what_it_meant(kind):
    fact = decode_fact(kind, golden_body(kind))

    assert fact == BUILT[kind]
    assert kind_of(fact) == kind


@every_kind
def test_a_fact_survives_being_written_and_read(kind):
    assert decode_fact(kind, encode_fact(BUILT[kind])) == BUILT[kind]


def test_an_older_version_is_lifted_step_by_step_to_the_present_one(monkeypatch):
    def name_the_reason(document):
        document["reason"] = document.pop("why")
        return document

    def bring_in_the_case(document):
        return {**document, "case_id": document["case"]}

    monkeypatch.setitem(wire.LIFTS, "case.closed/0", ("case.closed/0.5", name_the_reason))
    monkeypatch.setitem(wire.LIFTS, "case.closed/0.5", ("case.closed/1", bring_in_the_case))

    fact = decode_fact(
        "case.closed/0", b'{"said_at":"2023-02-06T02:17:00Z","case":"case_1","why":"over"}'
    )

    assert fact == type(BUILT["case.closed/1"])(
        said_at=fact.said_at, case_id="case_1", reason="over"
    )
    assert fact.said_at.isoformat() == "2023-02-06T02:17:00+00:00"
    assert kind_of(fact) == "case.closed/1"


def test_an_older_body_that_does_not_fit_after_its_lift_is_refused(monkeypatch):
    monkeypatch.setitem(wire.LIFTS, "case.closed/0", ("case.closed/1", lambda document: document))

    with pytest.raises(InvalidInput, match=r"case\.closed/1"):
        decode_fact("case.closed/0", b'{"said_at":"2023-02-06T02:17:00Z"}')


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(InvalidInput, match=r"kind is 'case.eaten/1'; it must be one of"):
        decode_fact("case.eaten/1", b"{}")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"said_at":"noon"}'])
def test_a_body_that_is_none_of_its_kind_is_refused(body):
    with pytest.raises(InvalidInput, match=r"body of case\.closed/1"):
        decode_fact("case.closed/1", body)


def test_a_moment_that_is_not_in_utc_is_refused():
    body = encode_fact(BUILT["case.closed/1"]).replace(b"Z", b"+03:00")

    with pytest.raises(InvalidInput, match="give it in UTC"):
        decode_fact("case.closed/1", body)
