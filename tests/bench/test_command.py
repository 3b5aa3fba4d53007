"""``u24 bench``: options, table, JSON, files."""

import json

import pytest
from click.testing import CliRunner

from tests.bench.measured import a_run, some_results
from u24.bench.instances import instance_bytes, made_instance, read_instance
from u24.cli import bench as door


@pytest.fixture
def call(monkeypatch):
    """Call the command with runs that are measured in no time; returns what it asked for."""
    asked = []

    def compare(instance, contenders, terms, clock, progress):
        asked.append((instance.name, tuple(contenders), terms.seconds, terms.seed))
        yield some_results(a_run(), instance=instance.name, seconds=terms.seconds)

    monkeypatch.setattr(door, "compare", compare)

    def ask(*words):
        return CliRunner().invoke(door.bench, ["plan", *words]), asked

    return ask


def test_each_seed_is_an_instance_measured_on_the_same_terms(call):
    done, asked = call("--seed", "1", "--seed", "2", "--seconds", "5", "--contender", "lns")

    assert done.exit_code == 0
    assert asked == [("S-1", ("lns",), 5.0, 1), ("S-2", ("lns",), 5.0, 2)]


def test_the_table_has_a_line_for_each_contender(call):
    done, _ = call()

    assert "S-1, 10 s each" in done.stdout
    assert "hybrid" in done.stdout
    assert "75.0 / 75.0 %" in done.stdout


def test_json_is_one_document(call):
    done, _ = call("--json")

    [results] = json.loads(done.stdout)
    assert results["runs"][0]["contender"] == "hybrid"


def test_results_are_written_where_it_is_asked(call, tmp_path):
    call("--out", str(tmp_path))

    assert [file.name for file in tmp_path.iterdir()] == ["plan-S-1-10s.json"]


def test_an_instance_is_saved_and_measured_from_its_file(call, tmp_path):
    file = tmp_path / "mine.json"

    call("--seed", "4", "--save", str(file))
    done, asked = call("--instance", str(file))

    assert file.read_bytes() == instance_bytes(made_instance("S", 4))
    assert read_instance(file).name == "S-4"
    assert (done.exit_code, asked[0][0]) == (0, "S-4")


def test_a_broken_plan_of_ours_is_told_and_ends_with_three(monkeypatch):
    def compare(instance, contenders, terms, clock, progress):
        yield some_results(a_run(violations=("overloaded at v1: 9 t of 8 t",)))

    monkeypatch.setattr(door, "compare", compare)

    done = CliRunner().invoke(door.bench, ["plan"])

    assert done.exit_code == 3
    assert "S-1 hybrid: overloaded at v1" in done.stderr


def test_an_unknown_contender_is_refused_by_name(call):
    done, _ = call("--contender", "oracle")

    assert done.exit_code == 2
    assert "'oracle' is not one of" in done.stderr
