"""Reports are written all or none."""

import pytest

from u24.errors import InvalidInput


@pytest.fixture
def write_all(desk):
    from u24.cli.reports import write_all

    return write_all


def test_every_file_is_written_and_nothing_else_is_left(tmp_path, write_all):
    paths = write_all({tmp_path / "a/x.html": b"x", tmp_path / "a/y.pdf": b"y"})

    assert [path.read_bytes() for path in paths] == [b"x", b"y"]
    assert len(list((tmp_path / "a").iterdir())) == 2


def test_if_one_file_cannot_be_written_none_is_changed(tmp_path, write_all):
    (tmp_path / "x.html").write_bytes(b"old")
    (tmp_path / "y.pdf").mkdir()

    with pytest.raises(InvalidInput, match=r"cannot write .*y\.pdf"):
        write_all({tmp_path / "x.html": b"new", tmp_path / "y.pdf": b"new"})

    assert (tmp_path / "x.html").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "y.pdf"]


def test_if_the_last_step_fails_what_was_there_is_put_back(tmp_path, write_all, monkeypatch):
    first, second = tmp_path / "x.html", tmp_path / "y.pdf"
    first.write_bytes(b"old")
    replace = type(first).replace

    def refuse_the_second(self, target):
        if target == second:
            raise OSError(28, "No space left on device", str(second))
        return replace(self, target)

    monkeypatch.setattr(type(first), "replace", refuse_the_second)
    with pytest.raises(InvalidInput, match="No space left"):
        write_all({first: b"new", second: b"new"})

    assert first.read_bytes() == b"old"
    assert not second.exists()
