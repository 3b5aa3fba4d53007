"""The SQLite ledger: its file, its rights, and reading a copy."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.ledger.stores import HandClock, a_submission
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.sqlite import SqliteStore

NOBODY = 65_534


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def written(path):
    """A closed ledger of three entries."""
    with closing(SqliteStore(path, HandClock())) as store:
        store.append(a_submission("c", drafts=3))
    return path


@contextmanager
def raw(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


@contextmanager
def without_rights():
    """Root may do everything, so root becomes somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_folder():
    """A folder that others can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def open_store(path, **options):
    return SqliteStore(path, HandClock(), **options)


def list_names(folder):
    return sorted(found.name for found in folder.iterdir())


# An entry that would be next, but for what is put in its place.
NEXT = """
insert {instead} into fact select {position}, {stream}, {seq}, kind, actor, at_us, {command},
    {part}, asked, body, key_id, signature, leaf from fact where position = 1
"""
RIGHT = {
    "instead": "", "position": "257", "stream": "'b'", "seq": "1", "command": "'d'", "part": "0",
}  # fmt: skip


def next_entry(**wrong):
    return NEXT.format_map(RIGHT | wrong)


@pytest.mark.parametrize(
    "change",
    [
        "update fact set body = x'00' where position = 2",
        "update subtree set hash = zeroblob(32)",
        "delete from fact where position = 3",
        "delete from fact",
        next_entry(position="258"),
        next_entry(seq="2"),
        next_entry(part="1"),
        next_entry(instead="or replace", position="2"),
        next_entry(instead="or replace", stream="stream"),
        next_entry(instead="or replace", command="command"),
        next_entry(instead="or ignore", position="2", seq="0"),
        "insert into subtree values (8, 2, zeroblob(32))",
        "insert or replace into subtree values (8, 0, zeroblob(32))",
    ],
)
def test_the_file_itself_refuses_what_is_not_the_next_entry(written, change):
    with closing(open_store(written)) as store:
        store.append(a_submission("long", "long", drafts=253))
        before = list(store.everything()), store.hashes(8, 0, 1)

        with raw(written) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(change)

        assert (list(store.everything()), store.hashes(8, 0, 1)) == before


def test_the_file_takes_the_next_entry(written):
    with closing(open_store(written)) as store, raw(written) as connection:
        connection.execute(next_entry(position="4"))

        assert store.size() == 4


def test_the_table_has_exactly_the_columns_of_an_entry(written):
    with raw(written) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(fact)")]

    assert columns == [
        "position", "stream", "seq", "kind", "actor", "at_us", "command", "part", "asked", "body",
        "key_id", "signature", "leaf",
    ]  # fmt: skip


def test_every_connection_writes_to_the_disk_before_it_answers(written):
    with closing(open_store(written)) as store, store._pool.borrow() as connection:
        assert connection.execute("pragma synchronous").fetchone() == (2,)
        assert connection.execute("pragma fullfsync").fetchone() == (1,)
        assert connection.execute("pragma checkpoint_fullfsync").fetchone() == (1,)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_reader_that_pauses_keeps_nothing_open(written):
    with closing(open_store(written)) as store:
        reader = store.everything()
        next(reader)

        with raw(written) as connection:
            [(busy, _, _)] = connection.execute("pragma wal_checkpoint(truncate)")

        assert busy == 0
        assert sum(1 for _ in reader) == 2


def test_the_path_is_kept_when_the_working_folder_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with closing(open_store("ledger.db")) as store:
        monkeypatch.chdir("/")

        assert store.append(a_submission()).entries[0].position == 1


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_moved_away_while_open_takes_and_gives_nothing_more(written, replaced):
    with closing(open_store(written)) as store:
        store.append(a_submission("d", "b"))
        written.rename(written.with_name("away.db"))
        if replaced:
            shutil.copy(written.with_name("away.db"), written)

        for call in (lambda: store.append(a_submission("e", "c")), store.size):
            with pytest.raises(StoreUnavailable, match="was moved or replaced while it was open"):
                call()

        with store._pool.borrow() as old:
            assert old.execute("select max(position) from fact").fetchone() == (4,)
    assert written.exists() == replaced


def test_a_file_that_went_away_before_its_first_use_is_not_made_anew(written):
    with closing(open_store(written)) as store:
        written.rename(written.with_name("away.db"))

        for call in (lambda: store.append(a_submission("e", "c")), store.size):
            with pytest.raises(StoreUnavailable, match="cannot be opened; check its folder"):
                call()

    assert list_names(written.parent) == ["away.db"]


def test_odd_characters_in_a_path_are_only_characters(tmp_path):
    path = tmp_path / "a?mode=memory#b %41.db"

    open_store(path).close()

    assert path.exists()


def test_after_closing_only_the_file_itself_is_left(written):
    assert list_names(written.parent) == ["ledger.db"]


def test_a_folder_a_missing_folder_and_a_missing_copy_are_told(tmp_path):
    with pytest.raises(InvalidInput, match=r"is a folder; give the path of a file"):
        open_store(tmp_path)
    with pytest.raises(StoreUnavailable, match=r"folder .*nowhere does not exist; make it first"):
        open_store(tmp_path / "nowhere" / "ledger.db")
    with pytest.raises(StoreUnavailable, match=r"ledger.db does not exist; give a ledger to read"):
        open_store(tmp_path / "ledger.db", read_only=True)

    assert list_names(tmp_path) == []


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(path):
    path.write_bytes(b"position,stream\n" * 300)

    for read_only in (False, True):
        with pytest.raises(InvalidInput, match=r"is not a SQLite file; give a u24 ledger"):
            open_store(path, read_only=read_only)

    assert path.read_bytes() == b"position,stream\n" * 300


def test_somebody_elses_database_is_refused_and_left_as_it_was(path):
    with raw(path) as connection:
        connection.execute("create table fact (a)")
    before = path.read_bytes()

    for read_only in (False, True):
        with pytest.raises(InvalidInput, match="not a u24 ledger; give another"):
            open_store(path, read_only=read_only)

    assert path.read_bytes() == before
    assert list_names(path.parent) == ["ledger.db"]


def test_a_ledger_of_another_format_is_refused(written):
    with raw(written) as connection:
        connection.execute("pragma user_version = 2")

    with pytest.raises(InvalidInput, match=r"has format 2; this version reads format 1"):
        open_store(written)


def test_an_empty_file_becomes_a_ledger_unless_it_is_only_read(path):
    path.touch()
    with pytest.raises(InvalidInput, match="is not a u24 ledger"):
        open_store(path, read_only=True)

    with closing(open_store(path)) as store:
        assert store.size() == 0


def test_a_damaged_file_is_told(written):
    with closing(open_store(written)) as store:
        store.append(a_submission("more", "b", drafts=2_000))
    size = written.stat().st_size
    with written.open("r+b") as file:
        file.seek(8 * 4_096)
        file.write(b"\xff" * (size - 12 * 4_096))

    with (
        closing(open_store(written)) as store,
        pytest.raises(StoreUnavailable, match="the file is damaged; stop writing"),
    ):
        list(store.everything())


def test_a_file_that_may_not_be_written_can_be_read():
    with open_folder() as folder:
        path = folder / "ledger.db"
        with closing(open_store(path)) as store:
            store.append(a_submission(drafts=3))
        path.chmod(0o444)
        folder.chmod(0o555)

        with without_rights():
            with pytest.raises(StoreUnavailable, match="may not be written; open it for reading"):
                open_store(path)
            with closing(open_store(path, read_only=True)) as store:
                assert store.size() == 3
        assert list_names(folder) == ["ledger.db"]


def test_a_file_that_may_not_be_read_and_a_folder_that_may_not_be_written_are_told():
    with open_folder() as folder:
        (folder / "secret.db").touch()
        (folder / "secret.db").chmod(0)
        folder.chmod(0o555)

        with without_rights():
            with pytest.raises(StoreUnavailable, match="may not be read; check the rights"):
                open_store(folder / "secret.db")
            with pytest.raises(StoreUnavailable, match="cannot be opened; check its folder"):
                open_store(folder / "new.db")


def test_a_copy_is_read_without_leaving_anything_beside_it(written):
    with closing(open_store(written, read_only=True)) as store:
        assert store.size() == 3
        assert len(list(store.everything())) == 3
        assert list_names(written.parent) == ["ledger.db"]

    assert list_names(written.parent) == ["ledger.db"]


def test_a_ledger_in_use_is_read_with_all_that_was_written(written):
    with closing(open_store(written)) as live, closing(open_store(written)) as other:
        live.append(a_submission("d", "b"))
        with closing(open_store(written, read_only=True)) as store:
            other.append(a_submission("e", "c"))

            assert store.size() == 5


def test_a_copy_that_is_written_while_it_is_read_is_told(written):
    with closing(open_store(written, read_only=True)) as store:
        with closing(open_store(written)) as writer:
            writer.append(a_submission("d", "b"))

        with pytest.raises(StoreUnavailable, match="was written while it was read; read it again"):
            list(store.everything())


def test_a_store_for_reading_refuses_to_write(written):
    with (
        closing(open_store(written, read_only=True)) as store,
        pytest.raises(StoreUnavailable, match="open for reading only"),
    ):
        store.append(a_submission())
