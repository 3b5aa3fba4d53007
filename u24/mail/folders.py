"""Where mails come in: a maildir, or a folder of an IMAP server. Seen once, then set aside."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from u24.errors import U24Error
from u24.mail.settings import Cover, MailServer

_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,18})")
OK = "OK"
MOST_AT_ONCE = 500  # mails in one round; the next round takes the rest


class MailUnreachable(U24Error):
    """Mails cannot be fetched now; nothing was lost, so try again later."""

    code = "mail-unreachable"


class MailFolder(Protocol):
    """Mails that wait to be heard."""

    def waiting(self, most_bytes: int) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each mail, oldest first.

        Of a mail with more than ``most_bytes`` only that many and one more are given, so
        that whoever reads it can see that it is too large.
        """
        ...

    def set_aside(self, name: str) -> None:
        """The mail was heard and is on record."""
        ...


class Maildir:
    """A folder with ``new`` and ``cur``, as mail servers write it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def waiting(self, most_bytes: int) -> Iterator[tuple[str, bytes]]:
        """See :class:`MailFolder`."""
        try:
            found = sorted(path for path in (self._folder / "new").iterdir() if _is_plain(path))
        except OSError as error:
            raise MailUnreachable(f"{self._folder} is no maildir: {error.strerror}") from error
        for path in found[:MOST_AT_ONCE]:
            with suppress(FileNotFoundError), path.open("rb") as file:  # another reader had it
                raw = file.read(most_bytes + 1)
                yield path.name, raw

    def set_aside(self, name: str) -> None:
        """Move it to ``cur`` with the mark S, seen."""
        seen = self._folder / "cur"
        seen.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            (self._folder / "new" / name).rename(seen / f"{name.partition(':')[0]}:2,S")


def _is_plain(path: Path) -> bool:
    """Whether it is a mail, and no link that leads somewhere else."""
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


class ImapFolder:
    """A folder of an IMAP server. What is unseen waits; it is read without marking it."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: imaplib.IMAP4 | None = None

    def waiting(self, most_bytes: int) -> Iterator[tuple[str, bytes]]:
        """See :class:`MailFolder`."""
        found = self._ask("SEARCH", "UNSEEN")
        names = (found[0] or b"").split() if found else []
        for name in names[:MOST_AT_ONCE]:
            uid = name.decode("ascii", errors="replace")
            if uid.isdigit():
                yield uid, self._fetch(uid, most_bytes)

    def set_aside(self, name: str) -> None:
        """Mark it as seen."""
        self._ask("STORE", name, "+FLAGS.SILENT", "(\\Seen)")

    def close(self) -> None:
        """Leave the server."""
        if self._connection is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._connection.logout()
            self._connection = None

    def _fetch(self, uid: str, most_bytes: int) -> bytes:
        sizes = b" ".join(part for part in self._ask("FETCH", uid, "(RFC822.SIZE)") if part)
        match = _SIZE.search(sizes)
        partial = f"<0.{most_bytes + 1}>" if match is None or int(match[1]) > most_bytes else ""
        for part in self._ask("FETCH", uid, f"(BODY.PEEK[]{partial})"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return b""

    def _ask(self, *words: str) -> list[Any]:
        try:
            answer, data = self._connected().uid(*words)
        except (imaplib.IMAP4.error, OSError) as error:
            self._connection = None
            raise MailUnreachable(f"{self._server.host}: {error}") from error
        if answer != OK:
            raise MailUnreachable(f"{self._server.host} says {answer} to {words[0]}")
        return data

    def _connected(self) -> imaplib.IMAP4:
        if self._connection is None:
            self._connection = _connect(self._server)
        return self._connection


def _connect(server: MailServer) -> imaplib.IMAP4:
    tls = ssl.create_default_context() if server.cover is not Cover.NONE else None
    if server.cover is Cover.TLS:
        connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=tls, timeout=server.timeout_s
        )
    else:
        connection = imaplib.IMAP4(server.host, server.port, timeout=server.timeout_s)
    try:
        if server.cover is Cover.STARTTLS:
            connection.starttls(tls)
        connection.login(server.user, server.password)
        answer, _ = connection.select(server.folder)
    except BaseException:
        connection.shutdown()
        raise
    if answer != OK:
        connection.shutdown()
        raise MailUnreachable(f"{server.host} has no folder {server.folder}")
    return connection
