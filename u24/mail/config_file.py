"""The mail door's settings from a TOML file; the password from the environment or a file."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from u24.errors import InvalidInput
from u24.mail.settings import MailConfig, MailServer

SERVERS = ("smtp", "imap")
PASSWORD_VARIABLE = "password_variable"  # noqa: S105 - the name of a field
PASSWORD_FILE = "password_file"  # noqa: S105


def read_config(path: Path, environ: Mapping[str, str] = os.environ) -> MailConfig:
    """The settings in a file; ``[imap]`` stands in place of ``maildir``.

    For example::

        address = "desk@example.org"
        maildir = "/var/mail/desk"
        [smtp]
        host = "mail.example.org"
        port = 587
        user = "desk"
        password_variable = "U24_SMTP_PASSWORD"

    Raises
    ------
    InvalidInput
        The file cannot be read, or a field is missing, unknown or no such thing.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"{path}: cannot read it: {error}") from error
    known = MailConfig.__dataclass_fields__
    if strange := sorted(set(document) - set(known)):
        raise InvalidInput(f"{path}: {strange[0]} is no field; give {', '.join(known)}")
    for name in SERVERS:
        if name in document:
            document[name] = _server(path, name, document[name], environ)
    if isinstance(document.get("offset_min"), dict):
        document["offset_min"] = sorted(document["offset_min"].items())
    if "maildir" in document:
        document["maildir"] = str(path.parent / str(document["maildir"]))
    try:
        return msgspec.convert(document, MailConfig, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"{path}: {error}") from error


def _server(path: Path, name: str, given: Any, environ: Mapping[str, str]) -> dict[str, Any]:
    known = [*MailServer.__dataclass_fields__, PASSWORD_VARIABLE, PASSWORD_FILE]
    known.remove("password")
    if not isinstance(given, dict):
        raise InvalidInput(f"{path}: {name} is {given!r}; it must be a table [{name}]")
    if strange := sorted(set(given) - set(known)):
        raise InvalidInput(f"{path}: [{name}] {strange[0]} is no field; give {', '.join(known)}")
    server = dict(given)
    variable, file = server.pop(PASSWORD_VARIABLE, ""), server.pop(PASSWORD_FILE, "")
    if variable:
        if variable not in environ:
            raise InvalidInput(f"{path}: [{name}] {PASSWORD_VARIABLE}: {variable} is not set")
        server["password"] = environ[variable]
    elif file:
        try:
            server["password"] = (path.parent / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput(f"{path}: [{name}] {PASSWORD_FILE}: {error}") from error
    return server


def _path(cls: type, value: Any) -> Any:
    if cls is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(f"no {cls}")
