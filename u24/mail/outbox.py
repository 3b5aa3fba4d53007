"""Which briefs are due, and sending them: each at least once, by one mailer at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from u24.desk.board.state import Board, CaseState
from u24.mail.book import Book, Correspondence, News
from u24.mail.brief import View
from u24.mail.news import concerns
from u24.mail.settings import MailConfig
from u24.mail.sight import names_hidden, offers_seen
from u24.mail.waiting import Reader, list_readers, must_act_soon

OLDEST = timedelta(days=3)  # what is older was decided long ago; the board shows it
HOUR = timedelta(hours=1)
# Behind the first, second ... failure in a row. After the last one the mail is given up; the
# next news make a new one, which tells of everything that was not told.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 40, 60))
MOST_TRIES = len(BACK_OFF) + 1
# A code that was put on record is a claim on its mail, for so long.
CLAIM = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMail:
    """One brief that should leave now."""

    case_id: str
    person_id: str
    news: tuple[News, ...]  # oldest first, not yet told
    is_held: bool = False  # mails were held back before it, so that it is a digest

    @property
    def position(self) -> int:
        """The last entry that it tells of."""
        return self.news[-1].position


def due_mails(board: Board, book: Book, config: MailConfig, now: datetime) -> tuple[DueMail, ...]:
    """Every brief that is due, by case and person; capped mails are not among them."""
    return tuple(due for due, is_capped in _list_due(board, book, config, now) if not is_capped)


def oldest_due_at(
    board: Board, book: Book, config: MailConfig, now: datetime
) -> dict[str, datetime]:
    """Since when something has been due, by case; also what is capped or was given up."""
    oldest: dict[str, datetime] = {}
    for due, _ in _list_due(board, book, config, now):
        since = min(one.at for one in due.news)
        oldest[due.case_id] = min(since, oldest.get(due.case_id, since))
    return oldest


def make_view(
    board: Board, book: Book, config: MailConfig, case: CaseState, reader: Reader, now: datetime
) -> View:
    """The case as the reader sees it now."""
    return View(
        board=board,
        case=case,
        reader=reader,
        offers=offers_seen(board, case, reader.person_id, now),
        now=now,
        offset_min=config.find_offset_min(reader.person_id, reader.person.member),
        root_hex=book.root_hex,
        hidden=names_hidden(board, case, reader.person_id, now),
    )


def may_be_tried(book: Book, mail_id: str, due: DueMail, now: datetime) -> bool:
    """Whether nobody else is at it, and it did not just fail or fail for good."""
    claims = book.claims.get(mail_id, [])
    failed_at = book.failed_at.get(mail_id)
    if mail_id in book.final_ids or len(claims) >= MOST_TRIES:
        return False
    if claims and (failed_at is None or failed_at < claims[-1]) and now < claims[-1] + CLAIM:
        return False
    return _is_rested(book.letters[due.case_id, due.person_id].failures, now)


def server_may_be_tried(book: Book, now: datetime) -> bool:
    """Whether the server may be asked again after it was not reached."""
    return _is_rested(book.server_failures, now)


def _is_rested(failures: list[datetime], now: datetime) -> bool:
    """Whether enough time went by since the last of so many failures in a row."""
    return not failures or now >= failures[-1] + BACK_OFF[min(len(failures), len(BACK_OFF)) - 1]


def _list_due(
    board: Board, book: Book, config: MailConfig, now: datetime
) -> Iterable[tuple[DueMail, bool]]:
    for case_id, news in sorted(book.news.items()):
        case = board.cases.get(case_id)
        fresh = [one for one in news if one.at >= now - OLDEST]
        if case is None or not fresh:
            continue
        for reader in list_readers(board, case, now):
            if not reader.person.email:
                continue
            view = make_view(board, book, config, case, reader, now)
            untold = _untold(fresh, view, book)
            if untold:
                letters = book.letters[case_id, reader.person_id]
                yield _capped(DueMail(
                    case_id=case_id, person_id=reader.person_id, news=untold,
                ), view, letters, config)  # fmt: skip


def _untold(fresh: list[News], view: View, book: Book) -> tuple[News, ...]:
    told = book.letters[view.case.case_id, view.reader.person_id].told_position
    seen = {offer.fact.offer_id for offer in view.offers}
    return tuple(
        one for one in fresh if one.position > told and concerns(one, view.case, view.reader, seen)
    )


def _capped(
    due: DueMail, view: View, letters: Correspondence, config: MailConfig
) -> tuple[DueMail, bool]:
    """The mail, and whether it has to wait: too many left, and no deadline is near."""
    lately = [at for at in letters.sent if at > view.now - HOUR]
    is_full = len(lately) >= config.most_per_hour
    before_first = [at for at in letters.sent if due.news[0].at - HOUR < at <= due.news[0].at]
    is_held = len(before_first) >= config.most_per_hour or is_full
    held = DueMail(case_id=due.case_id, person_id=due.person_id, news=due.news, is_held=is_held)
    return held, is_full and not must_act_soon(view.actions, view.now)
