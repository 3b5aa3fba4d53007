"""Folding as such: every kind, in any pieces, whatever the ledger holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.board.records import append, board_with, store_of
from tests.facts import (
    a_case_opened,
    a_correction,
    a_note_written,
    an_alert_heard,
    an_offer_made,
    one_of_each,
)
from u24.desk.board import parts
from u24.desk.board.bytes import board_bytes
from u24.desk.board.fold import (
    BOARD_FOLDS,
    CASE_FOLDS,
    CORRECTABLE,
    NOTHING_HERE,
    SAID_ANEW,
    board_of,
    catch_up,
    fold,
    said_of,
)
from u24.desk.board.state import Board
from u24.wire.facts import KINDS, encode_fact

EVERY = one_of_each()


def test_every_kind_of_fact_is_folded_or_said_to_change_nothing():
    tables = [set(BOARD_FOLDS), set(CASE_FOLDS), set(SAID_ANEW), set(NOTHING_HERE)]

    assert set.union(*tables) == set(KINDS.values())
    assert sum(len(table) for table in tables) == len(KINDS)
    assert set(BOARD_FOLDS) | set(CASE_FOLDS) >= CORRECTABLE


@pytest.mark.parametrize("kind", sorted(k for k, cls in KINDS.items() if cls in NOTHING_HERE))
def test_a_kind_that_is_said_to_change_nothing_does_so(kind):
    board = board_with(EVERY[kind])
    board.position, board.seqs = 0, {}

    assert board == Board()


@pytest.mark.parametrize("kind", sorted(k for k, cls in KINDS.items() if cls not in NOTHING_HERE))
def test_every_other_kind_leaves_its_mark(kind):
    opened = a_case_opened(call_sign="U24-2023-009")
    before = [opened, a_case_opened("case_2"), an_offer_made()]
    board = board_with(*before)
    counted = (board.position, board.seqs, board.cases["case_1"].last_position)

    changed = board_of(store_of(*before, EVERY[kind], EVERY[kind]).everything())
    changed.position, changed.seqs, changed.cases["case_1"].last_position = counted
    changed.cases["case_2"].last_position = board.cases["case_2"].last_position

    assert changed != board


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_stops_an_empty_board(kind):
    board = board_with(EVERY[kind])

    assert board.position == 1


def test_a_body_that_cannot_be_read_is_an_oddity_and_the_rest_is_folded():
    store = store_of(a_case_opened())
    append(store, "offer.eaten/1", b"{}")
    append(store, "offer.made/1", b'{"said_at":0}')
    board = board_of(store_of(an_offer_made(), store=store).everything())

    assert list(board.cases["case_1"].offers) == ["offer_1"]
    assert [oddity.position for oddity in board.oddities] == [2, 3]
    assert "offer.eaten/1" in board.oddities[0].text


def test_oddities_are_all_counted_and_the_first_ones_kept(monkeypatch):
    monkeypatch.setattr(parts, "MOST_ODDITIES", 2)

    board = board_with(*[an_offer_made(f"offer_{i}", case_id="nowhere") for i in range(5)])

    assert (len(board.oddities), board.oddity_count) == (2, 5)
    assert board.oddities[0].text == "offer.made/2: case 'nowhere' is unknown"


@pytest.mark.parametrize("position", [-1, 0, 2, 3])
def test_a_correction_of_nothing_that_came_before_is_an_oddity(position):
    board = board_with(a_case_opened(), a_correction(position, a_note_written()))

    assert board.cases["case_1"].notes == []
    assert board.oddity_count == 1


def test_a_correction_of_another_kind_than_stands_there_changes_nothing():
    board = board_with(
        a_case_opened(), a_note_written(), a_correction(2, an_offer_made()),
        a_correction(1, a_note_written()),
    )  # fmt: skip

    assert board.cases["case_1"].offers == {}
    assert [note.text for note in board.cases["case_1"].notes] == [a_note_written().text]
    assert board.oddity_count == 2


def test_a_correction_in_one_case_does_not_reach_another():
    board = board_with(
        a_case_opened(),
        a_case_opened("case_2"),
        an_offer_made(),
        a_correction(3, an_offer_made(text="changed"), case_id="case_2"),
    )

    assert board.cases["case_1"].offers["offer_1"].fact.text == ""
    assert board.oddity_count == 1


def test_a_correction_of_a_correction_by_itself_is_an_oddity_and_no_endless_one():
    nested = a_correction(1, a_correction(1, a_case_opened()))

    assert board_with(a_case_opened(), nested).oddity_count == 1


@given(data=st.data())
def test_a_record_gives_the_same_bytes_however_it_is_cut(data):
    facts = data.draw(st.lists(st.sampled_from(list(EVERY.values())), max_size=12))
    store = store_of(a_case_opened(), a_case_opened("case_2"), *facts)
    entries = list(store.everything())
    at_once = board_bytes(board_of(entries))

    one_by_one = Board()
    for entry in entries:
        fold(one_by_one, said_of(entry))
    assert board_bytes(one_by_one) == at_once

    cut = data.draw(st.integers(0, len(entries)))
    resumed = catch_up(board_of(entries[:cut]), store)
    assert board_bytes(resumed) == at_once
    assert board_bytes(catch_up(resumed, store)) == at_once


def test_a_board_catches_up_in_place_as_the_ledger_grows():
    store = store_of(a_case_opened())
    board = board_of(store.everything())

    append(store, "offer.made/1", encode_fact(an_offer_made()), stream="case/case_1")

    assert catch_up(board, store) is board
    assert list(board.cases["case_1"].offers) == ["offer_1"]
    assert board.position == 2


def test_the_bytes_tell_two_records_apart():
    assert board_bytes(board_with(an_alert_heard())) != board_bytes(
        board_with(an_alert_heard(title="another"))
    )
