"""Work on two desks comes together, whatever they did meanwhile."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.exchange.desks import PlainDesk, opened_at
from tests.facts import a_note_written, a_request_stated, an_offer_made


def requests_of(desk):
    return {name: state.fact.text for name, state in desk.standing().requests.items()}


SUBJECTS = st.sampled_from(["r1", "r2", "r3"])
WORK = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["ask", "offer", "note"]), SUBJECTS),
    max_size=8,
)


def work(desk, number, what, subject):
    """One step that can be told from every other."""
    text = f"{desk.name} {number}"
    if what == "ask":
        return desk.case(a_request_stated(request_id=subject, text=text))
    if what == "offer":
        return desk.case(an_offer_made(offer_id=f"o{subject}", text=text))
    return desk.case(a_note_written(text=text))


def subjects_by_desk(steps):
    said = {"a": set(), "b": set()}
    for name, what, subject in steps:
        if what != "note":
            said[name].add((what, subject))
    return said


def told_by(desk):
    """Every text that is on record, in an entry or in a conflict."""
    case = desk.standing()
    bodies = [entry.body for entry in desk.entries()]
    noted = [state.fact.theirs.encode() for state in case.conflicts.values()]
    return b"\n".join([*bodies, *noted])


@settings(max_examples=60, deadline=None)
@given(before=WORK, between=WORK)
def test_there_and_back_loses_nothing_and_overwrites_nothing(tmp_path_factory, before, between):
    folder = tmp_path_factory.mktemp("bundles")
    a, b = opened_at("a"), PlainDesk("b")
    for number, (_, what, subject) in enumerate(before):
        work(a, number, what, subject)
    b.take(a.bundle(folder), a)
    for number, (name, what, subject) in enumerate(between, 100):
        work({"a": a, "b": b}[name], number, what, subject)
    standing, stream = (requests_of(a), requests_of(b)), a.entries()

    from_b, from_a = b.bundle(folder), a.bundle(folder)
    assert a.take(from_b, b).is_done
    assert b.take(from_a, a).is_done

    said = subjects_by_desk(between)
    both = {subject for what, subject in said["a"] & said["b"] if what == "ask"}
    assert a.entries()[: len(stream)] == stream
    for number, (name, _, _) in enumerate(between, 100):
        assert f"{name} {number}".encode() in told_by(a)
        assert f"{name} {number}".encode() in told_by(b)
    for subject in both:
        assert requests_of(a)[subject] == standing[0][subject]
        assert requests_of(b)[subject] == standing[1][subject]
    here, there = requests_of(a), requests_of(b)
    assert {name: here[name] for name in here if name not in both} == {
        name: there[name] for name in there if name not in both
    }
    assert {state.fact.subject for state in a.standing().conflicts.values()} == {
        f"{'request/' if what == 'ask' else 'offer/o'}{subject}"
        for what, subject in said["a"] & said["b"]
    }
    assert sorted(note.text for note in a.standing().notes) == sorted(
        note.text for note in b.standing().notes
    )


@settings(max_examples=30, deadline=None)
@given(steps=WORK)
def test_the_order_of_two_bundles_does_not_matter_where_they_agree(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("bundles")
    home, a, b = opened_at("home"), PlainDesk("a"), PlainDesk("b")
    start = home.bundle(folder)
    a.take(start, home)
    b.take(start, home)
    for number, (name, what, subject) in enumerate(steps):
        own = f"{subject} of {name}"
        work({"a": a, "b": b}[name], number, what, own)
    from_a, from_b = a.bundle(folder), b.bundle(folder)
    one, other = PlainDesk("one"), PlainDesk("other")

    one.take(from_a, a)
    one.take(from_b, b)
    other.take(from_b, b)
    other.take(from_a, a)

    assert not one.standing().conflicts
    assert requests_of(one) == requests_of(other)
    assert {name: state.fact for name, state in one.standing().offers.items()} == {
        name: state.fact for name, state in other.standing().offers.items()
    }
    assert sorted(note.text for note in one.standing().notes) == sorted(
        note.text for note in other.standing().notes
    )
