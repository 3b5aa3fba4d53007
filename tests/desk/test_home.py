"""Where a desk lives: one folder, two ledgers that never mix, a key each."""

import shutil
from pathlib import Path

import pytest

from tests.desk.a_desk import HandClock
from u24.desk.home import Home, begin, find_database, find_home, find_person_signer, open_desk
from u24.desk.saying import Caller
from u24.domain.commands.people import EnrolPerson
from u24.errors import InvalidInput
from u24.ids import counted_ids
from u24.ledger.heads import read_heads
from u24.ledger.keys import create_key

ADA = EnrolPerson(person_id="ada", name="Ada")


def begun(folder, **values):
    desk = begin(folder, HandClock(), counted_ids(), name="Drill", administrator=ADA, **values)
    desk.store.close()
    return desk


def opened(folder, **values):
    return open_desk(folder, HandClock(), counted_ids(), **values)


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"U24_HOME": "/srv/desk"}, "linux", "/srv/desk"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/u24"),
        ({}, "linux", "~/.local/share/u24"),
        ({}, "darwin", "~/Library/Application Support/u24"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/u24"),
        ({"U24_HOME": "~/desk", "XDG_DATA_HOME": "/data"}, "linux", "~/desk"),
    ],
)
def test_the_folder_is_the_one_named_or_where_the_machine_keeps_data(environ, platform, folder):
    assert find_home(environ, platform) == Path(folder).expanduser()


def test_a_database_is_used_only_if_one_is_named():
    assert find_database({}) == ""
    assert find_database({"U24_DATABASE": "postgresql://x/y"}) == "postgresql://x/y"


@pytest.mark.parametrize(
    ("database", "exercise", "ledger"),
    [
        ("", False, "/d/desk.db"),
        ("", True, "/d/exercise.db"),
        ("postgresql://u@h:5/d", False, "postgresql://u@h:5/d"),
        ("postgresql://u@h:5/d", True, "postgresql://u@h:5/d?schema=u24_exercise"),
        ("postgresql://h/d?schema=ops&sslmode=require", True,
         "postgresql://h/d?sslmode=require&schema=ops_exercise"),
    ],
)  # fmt: skip
def test_an_exercise_is_a_ledger_of_its_own_beside_the_real_one(database, exercise, ledger):
    place = Home(folder=Path("/d"), database=database, exercise=exercise)

    assert place.ledger == ledger


def test_a_password_is_never_shown():
    database = "postgresql://u:secret@h:5/d?password=secret&schema=x"

    shown = Home(folder=Path("/d"), database=database).shown

    assert shown == "postgresql://u@h:5/d?schema=x"


def test_a_persons_key_is_found_in_the_folder_and_nowhere_else(tmp_path):
    place = Home(folder=tmp_path / "home")
    (tmp_path / "home" / "keys").mkdir(parents=True)
    key = create_key(tmp_path / "home" / "keys" / "ana.key")
    create_key(tmp_path / "home" / "elsewhere.key")

    assert find_person_signer(place, "ana").key_id == key.key_id
    for person_id in ("bob", "", "../elsewhere", str(tmp_path / "home" / "elsewhere")):
        assert find_person_signer(place, person_id) is None


def test_a_desk_that_was_begun_opens_again_with_all_that_was_said(tmp_path):
    begun(tmp_path / "home")

    desk = opened(tmp_path / "home")

    assert desk.board.desk_name == "Drill"
    assert set(desk.board.people.persons) == {"ada"}
    desk.store.close()


def test_a_desk_begins_once(tmp_path):
    begun(tmp_path)

    with pytest.raises(InvalidInput, match="a desk has begun here"):
        begun(tmp_path)


def test_a_desk_that_failed_to_begin_begins_with_the_key_that_is_there(tmp_path):
    key = create_key(tmp_path / "desk.key")

    begun(tmp_path)

    desk = opened(tmp_path)
    assert next(desk.store.everything()).key_id == key.key_id
    desk.store.close()


def test_without_a_desk_there_is_nothing_to_open(tmp_path):
    with pytest.raises(InvalidInput, match="begin a desk"):
        opened(tmp_path)


def test_real_and_exercise_stand_side_by_side_and_share_nothing(tmp_path):
    begun(tmp_path)
    begun(tmp_path, exercise=True)

    real, drill = opened(tmp_path), opened(tmp_path, exercise=True)

    assert (real.board.exercise, drill.board.exercise) == (False, True)
    keys = {next(desk.store.everything()).key_id for desk in (real, drill)}
    assert len(keys) == 2
    for desk in (real, drill):
        desk.store.close()


@pytest.mark.parametrize("exercise", [False, True])
def test_a_ledger_of_the_other_sort_does_not_open(tmp_path, exercise):
    begun(tmp_path, exercise=not exercise)
    names = ("desk", "exercise") if exercise else ("exercise", "desk")
    for ending in ("db", "key"):
        shutil.copy(tmp_path / f"{names[0]}.{ending}", tmp_path / f"{names[1]}.{ending}")

    with pytest.raises(InvalidInput, match=r"the ledger is (a real one|an exercise); it must"):
        opened(tmp_path, exercise=exercise)


def test_a_key_of_another_desk_opens_nothing(tmp_path):
    begun(tmp_path / "a")
    begun(tmp_path / "b")
    shutil.copy(tmp_path / "b" / "desk.key", tmp_path / "a" / "desk.key")

    with pytest.raises(InvalidInput, match="no key of this ledger"):
        opened(tmp_path / "a")


def test_a_head_is_published_into_the_folder(tmp_path):
    begun(tmp_path)
    desk = opened(tmp_path)

    assert desk.publish_head()

    [head] = read_heads(tmp_path / "desk-heads.jsonl")
    assert head.tree_size == 2
    assert desk.board.head_size == 2
    desk.store.close()


def test_watching_publishes_a_head_of_what_is_new_and_not_more_often_than_every_ten_minutes(
    tmp_path,
):
    begun(tmp_path)
    clock = HandClock()
    desk = open_desk(tmp_path, clock, counted_ids())

    def heads_after(**span):
        clock.wait(**span)
        desk.watch()
        return [head.tree_size for head in read_heads(tmp_path / "desk-heads.jsonl")]

    assert heads_after(minutes=0) == [2]
    assert heads_after(hours=5) == [2]  # nothing was said since
    desk.do(Caller("ada"), "1", EnrolPerson(person_id="bo", name="Bo"))
    assert heads_after(minutes=0) == [2, 4]
    desk.do(Caller("ada"), "2", EnrolPerson(person_id="cy", name="Cy"))
    assert heads_after(minutes=9) == [2, 4]
    assert heads_after(minutes=1) == [2, 4, 6]
