"""The mailer's rounds: hear what came, send what is due, watch that mail flows."""

from collections.abc import Callable
from dataclasses import dataclass

from u24.clock import Clock
from u24.desk.journey import Desk
from u24.mail.book import Book
from u24.mail.codes import MakeCode, system_code
from u24.mail.folders import ImapFolder, Maildir, MailFolder, MailUnreachable
from u24.mail.heartbeat import watch_mail
from u24.mail.inbox import hear
from u24.mail.post import Office, send_due
from u24.mail.settings import MailConfig
from u24.mail.tables import ReadTable, tables_of_intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    heard: tuple[str, ...] = ()  # what became of each mail
    sent: int = 0
    alarms: int = 0  # raised or cleared
    fault: str = ""  # why no mail could be fetched


def run_mail(  # noqa: PLR0913 - what a mailer is given
    desk: Desk,
    config: MailConfig,
    clock: Clock,
    *,
    once: bool = True,
    wait: Callable[[], bool] = lambda: False,
    read_table: ReadTable = tables_of_intake,
    make_code: MakeCode = system_code,
    told: Callable[[Round], None] = lambda _: None,
) -> Round:
    """Run one round, or rounds until ``wait`` says that it is enough; the last one's report.

    Parameters
    ----------
    wait
        Called between rounds: sleeps as long as the caller likes, and gives False to end.
    told
        Given the report of every round.

    Raises
    ------
    StoreUnavailable
        The record cannot be read or written; the mails wait where they are.
    """
    office = open_office(desk, config, clock, make_code)
    folder = open_folder(config)
    try:
        while True:
            done = _one_round(office, folder, read_table)
            told(done)
            if once or not wait():
                return done
    finally:
        if isinstance(folder, ImapFolder):
            folder.close()


def open_office(
    desk: Desk, config: MailConfig, clock: Clock, make_code: MakeCode = system_code
) -> Office:
    """What a mailer works with, with an empty book; also for who only watches whether it lives."""
    return Office(desk=desk, config=config, clock=clock, make_code=make_code, book=Book())


def open_folder(config: MailConfig) -> MailFolder | None:
    """The way in that the config names; None if mail only goes out."""
    if config.maildir is not None:
        return Maildir(config.maildir)
    return ImapFolder(config.imap) if config.imap is not None else None


def _one_round(office: Office, folder: MailFolder | None, read_table: ReadTable) -> Round:
    heard: list[str] = []
    fault = ""
    try:
        for name, raw in folder.waiting(office.config.most_mail_bytes) if folder else ():
            heard.append(hear(office, raw, read_table))
            if folder:
                folder.set_aside(name)
    except MailUnreachable as error:
        fault = str(error)
    sent = send_due(office)
    alarms = watch_mail(office)
    return Round(heard=tuple(heard), sent=sent, alarms=len(alarms), fault=fault)
