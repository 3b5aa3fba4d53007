"""House rules of the commands."""

import inspect
import re
from pathlib import Path

import click
import pytest

from u24 import errors
from u24.cli.main import COMMANDS, main

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PLANNING = ("plan", "replay")
every_command = pytest.mark.parametrize("name", list(COMMANDS))


def get_command(name):
    return main.get_command(click.Context(main), name)


def list_options(command):
    return {
        word
        for held in command.params
        if isinstance(held, click.Option)
        for word in held.opts
        if word.startswith("--")
    }


@every_command
def test_a_command_says_what_it_does_and_shows_an_example(name):
    command = get_command(name)

    assert f"Example:  u24 {name}" in command.help
    assert all(held.help for held in command.params if isinstance(held, click.Option))


@every_command
def test_every_command_takes_json(name):
    assert "--json" in list_options(get_command(name))


@pytest.mark.parametrize("name", PLANNING)
def test_a_command_that_plans_takes_a_budget_of_seconds(name):
    assert "--seconds" in list_options(get_command(name))


@every_command
def test_the_page_of_the_commands_lists_exactly_the_options(name):
    page = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    [section] = re.findall(rf"^## u24 {name}\b.*?(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL)
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section, flags=re.MULTILINE))

    assert documented == list_options(get_command(name))


def test_the_page_of_the_errors_lists_exactly_the_codes():
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, flags=re.MULTILINE))
    codes = {
        held.code
        for _, held in inspect.getmembers(errors, inspect.isclass)
        if issubclass(held, errors.U24Error)
    }

    assert documented == codes
