"""Replies act once, when they prove who sent them, and never otherwise."""

import pytest

from tests.builders import a_lot
from tests.facts import a_key_rotated
from tests.mail.world import NOW, PEOPLE, a_reply, code_in, text_of
from u24.domain.commands.cases import MergeCases
from u24.domain.commands.people import EndRole, RegisterKey, RevokeKey
from u24.domain.facts.letters import CodeIssued
from u24.domain.facts.people import EVERY_CASE, Role
from u24.domain.facts.requests import Reply
from u24.ledger.keys import KeyInMemory
from u24.mail.signing import sign_orders
from u24.mail.tables import guarded

HOST = PEOPLE["host"][2]


@pytest.fixture
def asked(world, inboxes):
    """An offer waits for the host, who has a brief with a code."""
    world.ask_for_help()
    offer_id = world.offer()
    world.round()
    return offer_id, inboxes.of(HOST)[-1]


def reply_of(world, offer_id):
    return world.case.offers[offer_id].reply


def test_a_brief_goes_out_and_the_reply_with_its_code_accepts_the_offer(world, inboxes, asked):
    offer_id, brief = asked
    assert "accept or decline 1 offer" in brief["Subject"]

    world.arrives(a_reply(brief, f"CODE {code_in(brief)}\naccept {offer_id}\n\nKind regards"))
    done = world.round()

    assert reply_of(world, offer_id) is Reply.ACCEPT
    assert f"ACCEPT {offer_id}".lower() in done.heard[0].lower()
    assert "DONE" in text_of(inboxes.of(HOST)[-1])
    assert list((world.maildir / "new").iterdir()) == []


def test_the_same_reply_again_does_nothing(world, inboxes, asked):
    offer_id, brief = asked
    reply = a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}")
    world.hear(reply)
    size, mails = world.store.size(), len(inboxes.mails)

    again = world.hear(reply)
    other_way = world.hear(b"Received: by another way\r\n" + reply.as_bytes())

    assert (again, other_way) == ("heard before", "heard before")
    assert (world.store.size(), len(inboxes.mails)) == (size, mails)


def test_a_code_is_good_once(world, inboxes, asked):
    offer_id, brief = asked
    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}"))

    said = world.hear(a_reply(brief, f"CODE {code_in(brief)}\nDECLINE {offer_id} no", number=2))

    assert "used before" in said
    assert reply_of(world, offer_id) is Reply.ACCEPT


def test_a_reply_that_died_behind_its_code_is_done_when_it_is_read_again(world, asked, monkeypatch):
    offer_id, brief = asked
    reply = a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}")

    class PowerCut(Exception):
        pass

    def dies(*_):
        raise PowerCut

    monkeypatch.setattr(world.desk, "do", dies)
    with pytest.raises(PowerCut):
        world.hear(reply)
    monkeypatch.undo()
    world.hear(reply)

    assert reply_of(world, offer_id) is Reply.ACCEPT


def test_a_wrong_code_does_nothing_and_five_of_them_lock_the_right_one(world, inboxes, asked):
    offer_id, brief = asked

    said = [
        world.hear(a_reply(brief, f"CODE 9999{i}-77777\nACCEPT {offer_id}", number=i))
        for i in "34679"
    ]
    right = world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}", number=99))

    assert all(one.startswith("wrong code") for one in said)
    assert "locked after 5 wrong tries" in right
    assert reply_of(world, offer_id) is None


def test_four_wrong_codes_do_not_lock_the_right_one(world, asked):
    offer_id, brief = asked
    for i in "3467":
        world.hear(a_reply(brief, f"CODE 9999{i}-77777\nACCEPT {offer_id}", number=i))

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}", number=99))

    assert reply_of(world, offer_id) is Reply.ACCEPT


@pytest.mark.parametrize(("minutes", "reply"), [(119, Reply.ACCEPT), (120, None)])
def test_a_code_is_valid_for_two_hours(world, asked, minutes, reply):
    offer_id, brief = asked

    world.clock.turn(minutes=minutes)
    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}"))

    assert reply_of(world, offer_id) is reply


def test_another_persons_code_opens_nothing(world, inboxes, asked):
    offer_id, brief = asked
    theirs = code_in(inboxes.of(PEOPLE["ita"][2])[-1])

    said = world.hear(a_reply(brief, f"CODE {theirs}\nACCEPT {offer_id}"))

    assert said.startswith("wrong code")
    assert reply_of(world, offer_id) is None


def test_a_code_for_one_case_opens_nothing_in_another(world, inboxes, asked):
    _, brief = asked
    world.open_case(title="Flood")
    flood_offer = world.offer()

    named = a_reply(None, f"CODE {code_in(brief)}\nACCEPT {flood_offer}")
    named.replace_header("Subject", f"[{world.case.call_sign}]")
    said = world.hear(named)

    assert said.startswith("wrong code")
    assert reply_of(world, flood_offer) is None


def test_a_forged_sender_is_asked_back_at_the_address_on_record(world, inboxes, asked):
    offer_id, brief = asked
    forged = a_reply(brief, f"ACCEPT {offer_id}", Reply_To="thief@example.net")

    said = world.hear(forged)

    assert said.startswith("waits for code_")
    assert reply_of(world, offer_id) is None
    assert inboxes.mails[-1][0] == HOST
    assert f"ACCEPT {offer_id}" in text_of(inboxes.of(HOST)[-1])


def test_the_code_alone_does_what_was_asked_back(world, inboxes, asked):
    offer_id, brief = asked
    world.hear(a_reply(brief, f"DECLINE {offer_id} we have enough tents"))
    question = inboxes.of(HOST)[-1]

    world.hear(a_reply(question, f"CODE {code_in(question)}", number=2))

    assert reply_of(world, offer_id) is Reply.DECLINE


def test_the_question_can_be_answered_although_its_order_stands_in_the_quote(world, inboxes, asked):
    offer_id, brief = asked
    world.hear(a_reply(brief, f"ACCEPT {offer_id}"))
    question = inboxes.of(HOST)[-1]

    said = world.hear(a_reply(question, "What is this?", number=2))

    assert said.startswith("no order")
    assert reply_of(world, offer_id) is None


def test_orders_without_rights_are_refused_by_the_desk(world, inboxes, asked):
    offer_id, _ = asked
    brief = inboxes.of(PEOPLE["ita"][2])[-1]

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}", sender=PEOPLE["ita"][2]))

    assert reply_of(world, offer_id) is None
    assert "NOT DONE" in text_of(inboxes.of(PEOPLE["ita"][2])[-1])


def test_one_faulty_line_keeps_all_others_from_acting(world, inboxes, asked):
    offer_id, brief = asked

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}\nACCEPT offer_none"))

    assert reply_of(world, offer_id) is None
    answer = text_of(inboxes.of(HOST)[-1])
    assert "'offer_none' is not known" in answer
    assert "line 3" in answer


@pytest.fixture
def key(world):
    made = KeyInMemory.from_seed(bytes(range(32)))
    world.do("host", RegisterKey(public_key_hex=made.public_key.hex()))
    return made


def a_block(world, key, *orders, now=NOW, **values):
    default = {
        "ledger_id": world.desk.board.ledger_id,
        "call_sign": world.case.call_sign,
        "person_id": "host",
        "signer": key,
    }
    return sign_orders(orders, now=now, **{**default, **values})


def test_a_signed_reply_acts_without_a_code_also_wrapped_and_indented(world, asked, key):
    offer_id, brief = asked
    block = a_block(world, key, f"ACCEPT {offer_id}").replace("ACCEPT ", "  ACCEPT   ")

    said = world.hear(a_reply(brief, f"As agreed:\n{block}\n"))

    assert reply_of(world, offer_id) is Reply.ACCEPT
    assert said.startswith(f"signed with key {key.key_id}")


@pytest.mark.parametrize(
    "values",
    [
        {"person_id": "ita"},
        {"ledger_id": "ledger_other"},
        {"signer": KeyInMemory.from_seed(bytes(32))},
    ],
)
def test_a_signature_of_somebody_or_something_else_proves_nothing(world, asked, key, values):
    offer_id, brief = asked

    said = world.hear(a_reply(brief, a_block(world, key, f"ACCEPT {offer_id}", **values)))

    assert said.startswith("refused")
    assert reply_of(world, offer_id) is None


def test_a_changed_line_breaks_the_signature(world, asked, key):
    offer_id, brief = asked
    block = a_block(world, key, f"DECLINE {offer_id} no").replace("DECLINE", "ACCEPT")

    said = world.hear(a_reply(brief, block.replace(" no\n", "\n")))

    assert "the signature does not fit" in said
    assert reply_of(world, offer_id) is None


def test_lines_outside_the_signed_block_do_not_act(world, asked, key):
    offer_id, brief = asked

    world.hear(a_reply(brief, f"DECLINE {offer_id} never\n{a_block(world, key, 'STATUS')}"))

    assert reply_of(world, offer_id) is None


@pytest.mark.parametrize("call_sign", ["U24-2026-002", "U24-1999-001"])
def test_a_block_signed_for_another_case_does_nothing_in_this_one(world, asked, key, call_sign):
    offer_id, brief = asked
    case_id = world.case_id
    world.open_case(title="Flood")
    assert world.case.call_sign == "U24-2026-002"

    said = world.hear(
        a_reply(brief, a_block(world, key, f"ACCEPT {offer_id}", call_sign=call_sign))
    )

    assert said.startswith("refused: 1 lines cannot be understood")
    assert world.desk.board.cases[case_id].offers[offer_id].reply is None


def test_a_revoked_key_and_an_old_signature_prove_nothing(world, asked, key):
    offer_id, brief = asked
    block = a_block(world, key, f"ACCEPT {offer_id}")

    world.clock.turn(hours=25)
    old = world.hear(a_reply(brief, block))
    world.do("host", RevokeKey(key_id=key.key_id, reason="lost"))
    fresh = a_block(world, key, f"ACCEPT {offer_id}", now=world.clock())
    revoked = world.hear(a_reply(brief, fresh, number=2))

    assert "of the last 24 hours" in old
    assert "no key of this sender" in revoked
    assert reply_of(world, offer_id) is None


def test_a_key_that_another_took_the_place_of_proves_nothing(world, asked, key):
    offer_id, brief = asked
    new = KeyInMemory.from_seed(bytes(range(1, 33)))
    rotated = a_key_rotated(
        said_at=world.clock(), person_id="host", old_key_id=key.key_id, key_id=new.key_id,
        public_key_hex=new.public_key.hex(),
    )  # fmt: skip
    world.desk.say("rotated", [("record", rotated)])

    old_said = world.hear(a_reply(brief, a_block(world, key, f"DECLINE {offer_id} no")))
    world.hear(a_reply(brief, a_block(world, new, f"ACCEPT {offer_id}"), number=2))

    assert "no key of this sender" in old_said
    assert reply_of(world, offer_id) is Reply.ACCEPT


def test_a_signed_block_sent_again_in_another_mail_changes_nothing(world, inboxes, asked, key):
    offer_id, brief = asked
    block = a_block(world, key, f"ACCEPT {offer_id}")
    world.hear(a_reply(brief, block))
    world.hear(a_reply(brief, a_block(world, key, f"DECLINE {offer_id} too late"), number=2))

    world.hear(a_reply(brief, block, number=3))

    assert reply_of(world, offer_id) is Reply.DECLINE
    assert "done before" in text_of(inboxes.of(HOST)[-1])


def test_status_needs_no_proof_as_it_goes_to_the_address_on_record(world, inboxes, asked):
    _, brief = asked

    world.hear(a_reply(brief, "status"))

    assert "1,200 (800 to 2,000) family tent" in text_of(inboxes.of(HOST)[-1])


def test_an_order_beside_the_word_status_is_done_and_not_passed_over(world, asked):
    offer_id, brief = asked

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nSTATUS\nACCEPT {offer_id}"))

    assert reply_of(world, offer_id) is Reply.ACCEPT


def test_answers_are_capped_so_that_a_forger_floods_nobody(world, inboxes, asked):
    _, brief = asked
    before = len(inboxes.of(HOST))

    for number in range(30):
        world.hear(a_reply(brief, "status", number=number))

    assert len(inboxes.of(HOST)) - before == world.config.most_answers_per_hour

    world.clock.turn(hours=1)
    world.hear(a_reply(brief, "status", number=30))

    assert len(inboxes.of(HOST)) - before == world.config.most_answers_per_hour + 1


@pytest.mark.parametrize("line", ["STATUS", "OFFER"])
def test_who_has_no_part_in_the_case_any_more_is_told_nothing_of_it(world, inboxes, asked, line):
    offer_id, brief = asked
    world.do("admin", EndRole(person_id="host", role=Role.HOST_OFFICER, case_id=EVERY_CASE))

    said = world.hear(a_reply(brief, line))

    assert said.startswith("refused: you have no part in this case now")
    answer = inboxes.of(HOST)[-1]
    told = f"{answer['Subject']} {text_of(answer)}"
    assert "Nothing was done." in told
    assert world.case.call_sign not in told
    assert offer_id not in told


def test_a_reply_to_a_case_that_was_merged_is_of_the_one_that_goes_on(world, inboxes, asked):
    _, brief = asked
    old_id = world.case_id
    into_id = world.open_case(title="Aftershock")
    world.do("duty", MergeCases(case_id=old_id, into_case_id=into_id, reason="one event"))

    world.hear(a_reply(brief, "STATUS"))

    assert f"[{world.case.call_sign}]" in inboxes.of(HOST)[-1]["Subject"]


def test_every_mail_of_ours_says_that_a_program_sent_it(world, inboxes, asked):
    _, brief = asked

    world.hear(a_reply(brief, "STATUS"))

    assert brief["Auto-Submitted"] == "auto-generated"
    assert inboxes.of(HOST)[-1]["Auto-Submitted"] == "auto-replied"


def test_no_code_stands_on_record_in_the_clear(world, asked):
    _, brief = asked
    code = code_in(brief)

    bodies = b"".join(entry.body for entry in world.store.everything())

    assert world.facts(CodeIssued)
    assert code.encode() not in bodies
    assert code.replace("-", "").encode() not in bodies


def with_table(mail, data):
    mail.add_attachment(data, maintype="text", subtype="csv", filename="offer.csv")
    return mail


@pytest.mark.parametrize(("sent", "offers"), [(b"signed", 2), (b"swapped", 1)])
def test_a_signed_offer_acts_only_with_the_table_that_was_signed(
    world, inboxes, asked, sent, offers
):
    key = KeyInMemory.from_seed(bytes(range(1, 33)))
    world.do("ita", RegisterKey(public_key_hex=key.public_key.hex()))
    brief = inboxes.of(PEOPLE["ita"][2])[-1]
    block = a_block(world, key, "OFFER", person_id="ita", attached=[b"signed"])
    read_table = guarded(lambda data, name, member: ((a_lot("lot_t", member=member),), ()))

    mail = with_table(a_reply(brief, block, sender=PEOPLE["ita"][2]), sent)
    world.hear(mail, read_table)

    assert len(world.case.offers) == offers


def test_a_signature_counts_only_in_a_mail_of_its_own_person(world, asked, key):
    offer_id, brief = asked
    block = a_block(world, key, f"ACCEPT {offer_id}")

    said = world.hear(a_reply(brief, block, sender=PEOPLE["ita"][2]))

    assert "no key of this sender" in said
    assert reply_of(world, offer_id) is None
