"""The options by which a command finds its desk, and who speaks."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from u24.clock import system_clock
from u24.desk.home import Home, find_database, find_home, find_person_signer, open_desk
from u24.desk.journey import Desk
from u24.desk.saying import Caller
from u24.errors import InvalidInput
from u24.ids import system_ids

P = ParamSpec("P")
R = TypeVar("R")

PERSON = "U24_PERSON"


def home_options(command: Callable[P, R]) -> Callable[P, R]:
    """``--home`` and ``--exercise``."""
    options = (
        click.option(
            "--home",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder of the desk.  [default: U24_HOME, or this user's data folder]",
        ),
        click.option(
            "--exercise", is_flag=True, help="The exercise desk, apart from the real one."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def person_option(command: Callable[P, R]) -> Callable[P, R]:
    """``--as``: who speaks."""
    return click.option(
        "--as", "person_id", envvar=PERSON, default="", metavar="PERSON",
        help="Who asks, by the id in which they are enrolled.  [default: U24_PERSON]",
    )(command)  # fmt: skip


def home_of(home: Path | None, *, exercise: bool) -> Home:
    """The home that was named, or the usual one."""
    return Home(folder=home or find_home(), database=find_database(), exercise=exercise)


@contextmanager
def desk_at(home: Path | None, *, exercise: bool) -> Iterator[Desk]:
    """The desk of a home, closed afterwards."""
    place = home_of(home, exercise=exercise)
    desk = open_desk(
        place.folder, system_clock, system_ids, database=place.database, exercise=exercise
    )
    try:
        yield desk
    finally:
        desk.store.close()


def caller_of(person_id: str, place: Home, *, acting_for: str = "") -> Caller:
    """Who speaks, with their key if it lies in the home.

    Raises
    ------
    InvalidInput
        Nobody was named.
    """
    if not person_id:
        raise InvalidInput(f"nobody speaks: give --as PERSON, or set {PERSON}")
    signer = find_person_signer(place, person_id)
    return Caller(person_id, signer=signer, for_person_id=acting_for)


def whoever() -> str:
    """The name of the account, where a person starts a desk and gives no name."""
    return os.environ.get("USER") or os.environ.get("USERNAME") or "admin"
