"""House rules of files and rooms that no linter knows."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import u24

PACKAGE = Path(u24.__file__).parent
ROOT = PACKAGE.parent
PLANNING = PACKAGE / "planning"
KERNELS = PLANNING / "kernels"  # compiled loops are written flat: a call a cell costs too much
MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_ROOM_README = 40
NO_NAMES = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "service",
}  # fmt: skip

FILES = sorted(PACKAGE.rglob("*.py"))
OWN = sorted([*FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])
CHECKER = sorted([*PLANNING.glob("checker*.py"), *PLANNING.glob("checker/**/*.py")])
ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))

every_room = pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return str(path.relative_to(ROOT))


def list_imports(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def call(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_file_fits_in_the_head():
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OWN}

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_function_fits_on_a_screen():
    lines = {
        f"{name_of(path)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        if KERNELS not in path.parents
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: n for name, n in lines.items() if n > MOST_LINES_OF_A_FUNCTION} == {}


def test_a_file_is_named_by_what_it_holds():
    def words(path):
        parts = path.relative_to(ROOT).parts
        return {word for part in parts for word in Path(part).stem.split("_")}

    assert [name_of(path) for path in OWN if words(path) & NO_NAMES] == []


def test_only_the_command_line_prints():
    printing = [
        f"{name_of(path)}:{node.lineno}"
        for path in FILES
        if PACKAGE / "cli" not in path.parents
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert printing == []


@every_room
def test_a_room_explains_itself_on_one_page(room):
    page = room / "README.md"

    assert page.exists(), f"{room.name} has no README.md"
    assert len(page.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_ROOM_README


@every_room
def test_a_room_says_what_it_is_for(room):
    said = ast.get_docstring(tree_of(room / "__init__.py")) or ""

    assert len(said) > 20, f"the docstring of {room.name} is {said!r}"


@every_room
def test_a_room_has_tests_of_its_own(room):
    folder = ROOT / "tests" / room.name

    assert any(folder.rglob("test_*.py")), f"tests/{room.name} has no tests"


def test_the_checker_shares_nothing_with_the_planner():
    own = "u24.planning.checker"
    shared = {
        f"{name_of(path)}: {name}"
        for path in CHECKER
        for name in list_imports(path)
        if name.startswith("u24.planning") and not name.startswith(own)
    }

    assert CHECKER, "there is no checker"
    assert shared == set()


def test_the_checker_stands_on_words_and_tables_alone():
    allowed = ("u24.domain", "u24.clock", "u24.errors", "u24.reference", "u24.planning.checker")
    outside = {
        f"{name_of(path)}: {name}"
        for path in CHECKER
        for name in list_imports(path)
        if name.startswith(("u24", "numba", "highspy")) and not name.startswith(allowed)
    }

    assert outside == set()


def test_rooms_import_only_what_the_house_allows():
    done = call(Path(sys.executable).parent / "lint-imports", "--no-cache")

    assert done.returncode == 0, done.stdout


def test_no_file_names_a_registry_a_machine_or_how_it_was_made():
    done = call(sys.executable, ROOT / "scripts" / "check", "names")

    assert done.returncode == 0, done.stdout + done.stderr
