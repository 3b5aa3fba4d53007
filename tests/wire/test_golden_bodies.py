"""A body that was once written is read for ever.

Files in ``golden`` are never changed. A new kind, or a new version, brings a new file; the
old file stays, and its lift is then tested against the present word.
"""

import pytest

from tests.facts import a_proposal_made, one_of_each
from tests.wire.grown import GOLDEN, as_written, golden_body
from u24.errors import InvalidInput
from u24.wire import facts as wire
from u24.wire.facts import KINDS, LIFTS, decode_fact, encode_fact, kind_of

BUILT = as_written()
PRESENT = {kind.partition("/")[0]: fact for kind, fact in one_of_each().items()}

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
every_older_kind = pytest.mark.parametrize("kind", sorted(LIFTS))


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


@every_older_kind
def test_an_older_golden_body_means_what_it_meant_before_its_word_grew(kind):
    """The builders say nothing in the fields that came later, as the older body could not."""
    fact = decode_fact(kind, golden_body(kind))

    assert fact == PRESENT[kind.partition("/")[0]]
    assert kind_of(fact) in KINDS


def test_a_proposal_of_the_first_kind_was_an_assistance_package_decided_by_silence():
    fact = decode_fact("proposal.made/1", golden_body("proposal.made/1"))

    assert fact == a_proposal_made()
    assert (fact.proposal.kind, fact.proposal.rule_id) == ("assistance_package", "silence")
    assert fact.proposal.deadline_at.isoformat() == "2023-02-06T07:17:00+00:00"


@pytest.mark.parametrize("confidential", [True, False])
def test_a_position_of_the_first_kind_is_secret_where_it_was_confidential(confidential):
    told = b"true" if confidential else b"false"
    body = golden_body("position.taken/1").replace(
        b'"confidential":false', b'"confidential":' + told
    )

    fact = decode_fact("position.taken/1", body)

    assert (fact.confidential, fact.position.secret) == (confidential, confidential)


@every_older_kind
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"said_at":"noon","lots":7,"needs":[3],"position":"no"}']
)
def test_a_body_that_is_none_of_an_older_kind_is_refused(kind, body):
    with pytest.raises(InvalidInput, match="body of "):
        decode_fact(kind, body)


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
