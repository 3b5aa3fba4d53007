"""The grammar: what a line asks for, and what is said of a line that asks for nothing known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_lot
from tests.mail.world import PEOPLE, a_reply, code_in, text_of
from u24.domain.facts.requests import Reply
from u24.errors import InvalidInput
from u24.mail.codes import ALPHABET, find_code, system_code
from u24.mail.tables import guarded, tables_of_intake

HOST, ITA = PEOPLE["host"][2], PEOPLE["ita"][2]


@pytest.fixture
def brief_of(world, inboxes):
    world.offer_id = world.offer()
    [world.lot_id] = [lot.lot_id for lot in world.case.offers[world.offer_id].fact.lots]
    world.round()
    return {address: inboxes.of(address)[-1] for address in (HOST, ITA)}


def act(world, brief, text, **values):
    said = world.hear(a_reply(brief, f"CODE {code_in(brief)}\n{text}", **values))
    return said, world.case.offers[world.offer_id]


@pytest.mark.parametrize("written", ["20", "020"])
def test_partly_takes_so_many_packs(world, brief_of, written):
    _, offer = act(world, brief_of[HOST], f"Partly {world.offer_id} {world.lot_id}={written}")

    assert offer.reply is Reply.PARTLY
    assert offer.taken_packs == {world.lot_id: 20}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("PARTLY {offer} {lot}=1.5", "is no part of"),
        ("PARTLY {offer} {lot}=0", "give each lot once, 1 to 300 packs"),
        ("PARTLY {offer} {lot}=1,301", "is 1,301; give each lot once, 1 to 300 packs"),
        ("PARTLY {offer} {lot}=5 {lot}=6", "give each lot once"),
        ("PARTLY {offer} lot_x=5", "'lot_x=5' is no part of {offer}; allowed: {lot}=1..300"),
        ("PARTLY {offer}", "nothing is taken"),
        ("DECLINE {offer}", "no reason; write DECLINE {offer} and why"),
        ("DECLINE {offer} <reason>", "no reason"),
        ("ACCEPT {offer} but not the blue ones", "ACCEPT takes all of it, PARTLY a part"),
        ("ACCEPT", "no id behind ACCEPT"),
        ("ACK alarm_none", "'alarm_none' is not known"),
        ("COMMIT offer_none", "'offer_none' is not known"),
    ],
)
def test_a_line_that_cannot_be_is_answered_with_what_is_allowed(
    world, inboxes, brief_of, line, text
):
    names = {"offer": world.offer_id, "lot": world.lot_id}

    _, offer = act(world, brief_of[HOST], line.format(**names))

    assert offer.reply is None
    answer = " ".join(text_of(inboxes.of(HOST)[-1]).split())
    assert text.format(**names) in answer
    assert "line 2: " in answer


def test_too_many_orders_in_one_mail_are_refused(world, brief_of):
    _, offer = act(world, brief_of[HOST], f"ACCEPT {world.offer_id}\n" * 51)

    assert offer.reply is None


def test_the_member_commits_by_mail(world, inboxes, brief_of):
    act(world, brief_of[HOST], f"ACCEPT {world.offer_id}")
    world.round()

    _, offer = act(world, inboxes.of(ITA)[-1], f"COMMIT {world.offer_id} gladly", sender=ITA)

    assert offer.committed_at is not None


def a_table(data, name, member):
    if data == b"bad":
        raise InvalidInput("B3: packs is 'many'; give a whole number\nC4: kind is empty; give one")
    return (a_lot("lot_by_mail", member=member, packs=7),), ()


def offer_by_mail(world, brief, data, line="OFFER tents"):
    mail = a_reply(brief, f"CODE {code_in(brief)}\n{line}", sender=ITA)
    if data is not None:
        mail.add_attachment(data, maintype="text", subtype="csv", filename="offer.csv")
    return world.hear(mail, guarded(a_table))


def test_an_attached_table_becomes_an_offer(world, brief_of):
    offer_by_mail(world, brief_of[ITA], b"good")

    fact = list(world.case.offers.values())[-1].fact
    assert (fact.member, fact.lots[0].packs, fact.text) == ("ITA", 7, "tents")


@pytest.mark.parametrize(
    ("data", "text"), [(b"bad", "C4: kind is empty"), (None, "0 files are in")]
)
def test_a_table_that_cannot_be_read_is_answered_cell_by_cell(world, inboxes, brief_of, data, text):
    offer_by_mail(world, brief_of[ITA], data)

    assert len(world.case.offers) == 1
    assert text in text_of(inboxes.of(ITA)[-1])


def test_of_two_attached_tables_none_is_chosen_for_the_sender(world, inboxes, brief_of):
    mail = a_reply(brief_of[ITA], f"CODE {code_in(brief_of[ITA])}\nOFFER", sender=ITA)
    for name in ("one.csv", "two.csv"):
        mail.add_attachment(b"good", maintype="text", subtype="csv", filename=name)

    world.hear(mail, guarded(a_table))

    assert len(world.case.offers) == 1
    assert "2 files are in the mail; give one of each" in text_of(inboxes.of(ITA)[-1])


def test_codes_have_no_letters_that_look_alike():
    code = system_code()

    assert re.fullmatch(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", code)
    assert not set("0OQ1IL2Z5S8BUV") & set(ALPHABET)
    assert system_code() != code


@given(code=st.text(alphabet=ALPHABET, min_size=10, max_size=10))
def test_a_code_is_found_however_it_is_copied(code):
    whole = f"{code[:5]}-{code[5:]}"

    for line in (f"CODE {whole}", f"code: {whole.lower()}", f"  Code {code} ", f"CODE {whole}."):
        assert find_code(line) == whole


@pytest.mark.parametrize(
    "line", ["THANK GREAT", "HOTEL ROOM5", "thanks again", "HELLO", "ACCEPT offer_1", ""]
)
def test_words_are_no_code(line):
    assert find_code(line) == ""


def test_a_fault_does_not_tell_what_is_in_a_confidential_offer(world, inboxes):
    offer_id = world.offer(confidential=True, packs=77)
    [lot] = world.case.offers[offer_id].fact.lots
    world.round()
    brief = inboxes.of(HOST)[-1]

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nPARTLY {offer_id} {lot.lot_id}=999"))

    answer = text_of(inboxes.of(HOST)[-1])
    assert "is no part of" in answer
    assert "77" not in answer


@pytest.mark.parametrize(
    ("member", "count", "text"),
    [("ITA", 2, "1 of 1 order done"), ("FRA", 1, "NOT DONE"), ("XX", 1, "row 2")],
)
def test_a_table_of_the_intake_room_is_read_and_judged(
    world, inboxes, brief_of, member, count, text
):
    rows = (
        f"lot_id,member,kind,site,packs,ready_at\nO9,{member},family_tent,LIRF,5,2026-02-06T07:00Z"
    )
    brief = brief_of[ITA]
    mail = a_reply(brief, f"CODE {code_in(brief)}\nOFFER", sender=ITA)
    mail.add_attachment(rows.encode(), maintype="text", subtype="csv", filename="offer.csv")

    world.hear(mail, tables_of_intake)

    answer = inboxes.of(ITA)[-1]
    assert len(world.case.offers) == count
    assert text in f"{answer['Subject']} {text_of(answer)}"
