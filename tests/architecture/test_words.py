"""House rules of the words: units in names, frozen, in UTC, and explained."""

import dataclasses
import importlib
import inspect
import pkgutil
import typing
from datetime import datetime
from enum import Enum
from pathlib import Path

import pytest

import u24.domain
from u24.domain.facts.fact import Fact

ROOT = Path(__file__).parents[2]
UNITS = (
    "_kg", "_g", "_t", "_l", "_ml", "_m", "_km", "_kmh", "_s", "_h", "_deg", "_lonlat", "_utc",
    "_units", "_points", "seconds", "_share", "_shares", "_mib", "_eur_per_hour",
)  # fmt: skip
# Whole things that are counted, or scales without a unit.
COUNTS = {
    "packs", "pack_people", "people", "dogs", "teams", "seats", "slots", "lorries", "work",
    "from_call", "to_call", "of_which_bounded", "effort", "magnitude", "weight",
    "low", "best", "high", "position", "positions", "ours_position",
    "tree_size", "seed", "taken", "known", "conflicts",
    "population", "members_for", "population_for", "votes_needed", "blocking_members",
    "signatures", "order", "size", "total",
}  # fmt: skip
# Moments that another rule of the class keeps in UTC, or that only history reports.
CHECKED_ELSEWHERE = {
    "Arrival": {"landed_at", "earliest_at", "latest_at", "on_site_at"},
    "Position": {"at"},
    "Match": {"windows"},
    "Verdict": {"windows", "corridor_windows"},
    "Reason": {"by_at"},
    "Replacement": {"by_at"},
    "Progress": {"reached_at"},
}


def list_domain_things():
    for found in pkgutil.walk_packages(u24.domain.__path__, "u24.domain."):
        module = importlib.import_module(found.name)
        for thing in vars(module).values():
            if inspect.isclass(thing) and thing.__module__ == found.name:
                yield thing


WORDS = [thing for thing in list_domain_things() if dataclasses.is_dataclass(thing)]
every_word = pytest.mark.parametrize("cls", WORDS, ids=lambda cls: cls.__name__)


def list_leaves(kind):
    """The plain types inside ``tuple[...]`` and ``... | None``."""
    inside = typing.get_args(kind)
    return {leaf for one in inside for leaf in list_leaves(one)} if inside else {kind}


@every_word
def test_every_number_says_its_unit(cls):
    for name, kind in typing.get_type_hints(cls).items():
        if list_leaves(kind) & {int, float}:
            assert name in COUNTS or f"_{name}".endswith(UNITS), (
                f"{cls.__name__}.{name} has no unit"
            )


@every_word
def test_every_word_is_frozen_slotted_and_takes_keywords_only(cls):
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)
    assert all(field.kw_only for field in dataclasses.fields(cls))


@every_word
def test_every_moment_is_checked_to_be_utc(cls):
    moments = {n for n, kind in typing.get_type_hints(cls).items() if datetime in list_leaves(kind)}
    moments -= CHECKED_ELSEWHERE.get(cls.__name__, set())
    if issubclass(cls, Fact):
        assert moments == {n for n in typing.get_type_hints(cls) if n.endswith("_at")}
        return  # Fact checks every field of that ending; see test_a_fact_checks_its_moments
    checks = inspect.getsource(cls.__post_init__) if moments else ""
    unchecked = {n for n in moments if f"{n}=self.{n}" not in checks and f'"{n}"' not in checks}

    assert not unchecked


def test_every_word_stands_in_the_glossary():
    glossary = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    words = {thing.__name__ for thing in list_domain_things()}

    assert {word for word in words if f"| {word} |" not in glossary} == set()


@pytest.mark.parametrize("cls", list(list_domain_things()), ids=lambda cls: cls.__name__)
def test_every_word_says_what_it_is(cls):
    said = inspect.getdoc(cls) or ""

    assert said, cls.__name__
    assert not issubclass(cls, Enum) or not said.startswith("Create a collection")
    assert not said.startswith(f"{cls.__name__}("), f"{cls.__name__} has no docstring of its own"
