"""From words typed at a terminal to a command of the desk."""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import msgspec

import u24.domain.commands
from u24.desk.tables import read_table
from u24.domain.commands.command import Command
from u24.errors import InvalidInput

TABLES = (".xlsx", ".csv")
TABLE_OF = {"needs": "request", "lots": "offer", "vehicles": "offer"}  # which table gives a field


def list_commands() -> dict[str, type[Command]]:
    """Every command by its typed name, e.g. ``open-case``."""
    found: dict[str, type[Command]] = {}
    for module in pkgutil.iter_modules(u24.domain.commands.__path__, "u24.domain.commands."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, Command) and thing is not Command:
                found[typed_name(thing)] = thing
    return found


def typed_name(cls: type[Command]) -> str:
    """``OpenCase`` is typed as ``open-case``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


def list_fields(cls: type[Command]) -> list[tuple[str, bool]]:
    """The fields of a command, and whether each must be given."""
    return [
        (held.name, held.default is MISSING and held.default_factory is MISSING)
        for held in fields(cls)
    ]


def read_command(name: str, words: Iterable[str]) -> Command:
    """The command ``name`` with fields as ``name=value``.

    A value is text, or JSON where it begins with ``{`` or ``[``, or a file where it begins
    with ``@``: JSON, or a filled request or offer table. Of several members or names, commas
    stand between.

    Raises
    ------
    InvalidInput
        No such command or field, or a value that cannot be.
    """
    commands = list_commands()
    if name not in commands:
        raise InvalidInput(f"there is no command {name!r}; u24 ask --list shows them all")
    cls = commands[name]
    known = [field for field, _ in list_fields(cls)]
    document: dict[str, Any] = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals or field not in known:
            raise InvalidInput(f"{name}: {word!r} is no field; give {'=, '.join(known)}=")
        if field in document:
            raise InvalidInput(f"{name}: {field} is given twice")
        document[field] = _value(name, field, value)
    missing = [field for field, must in list_fields(cls) if must and field not in document]
    if missing:
        raise InvalidInput(f"{name}: {', '.join(missing)} is missing; give {missing[0]}=...")
    return _converted(name, cls, document)


def _converted(name: str, cls: type[Command], document: dict[str, Any]) -> Command:
    lists = {
        held.name
        for held in fields(cls)
        if str(held.type).startswith("tuple[") and isinstance(document.get(held.name), str)
    }
    split = {
        field: value.split(",") if field in lists else value for field, value in document.items()
    }
    try:
        return msgspec.convert(split, cls, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"{name}: {error}") from error


def _value(name: str, field: str, text: str) -> Any:
    where = f"{name}: {field}"
    if text.startswith("@"):
        return _file_value(where, field, Path(text[1:]))
    if not text.startswith(("{", "[")):
        return text
    return _json(where, text)


def _file_value(where: str, field: str, path: Path) -> Any:
    try:
        data = path.read_bytes()
        if path.suffix.lower() in TABLES:
            return _table_value(where, field, data, path.name)
        value = _json(where, data.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{where}: cannot read {path}: {error}") from error
    # what ``u24 table --read --json`` printed holds the field under its name
    return value[field] if isinstance(value, dict) and "format" in value else value


def _table_value(where: str, field: str, data: bytes, name: str) -> Any:
    if field not in TABLE_OF:
        raise InvalidInput(f"{where}: a table gives {', '.join(TABLE_OF)}, so give it there")
    return msgspec.to_builtins(read_table(TABLE_OF[field], data, name)[field])


def _json(where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInput(f"{where}: it is no JSON: {error}") from error
