"""Alarms of the mail itself: nothing left though something was due, or somebody is not reached.

That mail had stopped was noticed by nobody in the systems before; see the field notes.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from u24.desk.board.state import CaseState
from u24.domain.commands.command import Outcome
from u24.domain.facts.fact import Fact
from u24.domain.facts.movements import AlarmCleared, AlarmKind, AlarmRaised
from u24.domain.facts.people import Role
from u24.mail.addresses import one_line
from u24.mail.news import MAIL_SUBJECT
from u24.mail.outbox import oldest_due_at
from u24.mail.post import Office, stream_of
from u24.mail.waiting import is_over, list_readers

ACKNOWLEDGE_WITHIN = timedelta(minutes=30)


def watch_mail(office: Office) -> list[Outcome]:
    """Raise what is wrong with the mail now, and clear what no longer is."""
    office.read_on()
    now = office.clock()
    return [*_silence(office, now), *_refused(office, now), *_clear(office, now)]


def _silence(office: Office, now: datetime) -> list[Outcome]:
    limit = timedelta(hours=office.config.silent_h)
    last = office.book.last_sent_at
    if last is not None and now - last < limit:
        return []
    done = []
    due = oldest_due_at(office.desk.board, office.book, office.config, now)
    for case_id, since in due.items():
        case = office.desk.board.cases[case_id]
        if now - since < limit or _open_alarms(case, MAIL_SUBJECT):
            continue
        text = (
            f"no mail left in {office.config.silent_h:g} h though one was due at "
            f"{since:%Y-%m-%d %H:%M}Z; look at the mail server, and call people by telephone"
        )
        name = f"silent/{case_id}/{since.isoformat()}/{last.isoformat() if last else '-'}"
        done.append(_raise(office, case, MAIL_SUBJECT, text, name))
    return done


def _refused(office: Office, now: datetime) -> list[Outcome]:
    del now
    done = []
    for mail_id, reason in list(office.book.final_ids.items()):
        case_id, person_id = office.book.sent_ids[mail_id]
        case = office.desk.board.cases.get(case_id)
        if case is None or is_over(case) or _open_alarms(case, person_id):
            continue
        text = f"mail does not reach {person_id}: {one_line(reason)}; call, and mend the address"
        done.append(_raise(office, case, person_id, text, f"refused/{mail_id}"))
    return [outcome for outcome in done if not outcome.repeated]


def _clear(office: Office, now: datetime) -> list[Outcome]:
    """A mail left after the alarm: it is as it should be again."""
    done = []
    for case in list(office.desk.board.cases.values()):
        for alarm in list(case.alarms.values()):
            fact = alarm.fact
            if fact.kind is not AlarmKind.NO_MAIL or alarm.cleared:
                continue
            last = _last_sent(office, case.case_id, fact.subject)
            if last is None or last <= fact.said_at:
                continue
            cleared = AlarmCleared(
                said_at=now, case_id=case.case_id, alarm_id=fact.alarm_id,
                reason=f"a mail left at {last:%H:%M}Z",
            )  # fmt: skip
            done.append(_say(office, case, f"mail-alarm/cleared/{fact.alarm_id}", cleared))
    return done


def _last_sent(office: Office, case_id: str, subject: str) -> datetime | None:
    if subject == MAIL_SUBJECT:
        return office.book.last_sent_at
    letters = office.book.letters.get((case_id, subject))
    return max([*letters.sent, *letters.answered], default=None) if letters else None


def _open_alarms(case: CaseState, subject: str) -> bool:
    return any(
        alarm.fact.kind is AlarmKind.NO_MAIL and alarm.fact.subject == subject and not alarm.cleared
        for alarm in case.alarms.values()
    )


def _raise(office: Office, case: CaseState, subject: str, text: str, name: str) -> Outcome:
    now = office.clock()
    officer = _duty_officer(office, case, subject, now)
    fact = AlarmRaised(
        said_at=now,
        case_id=case.case_id,
        alarm_id=_alarm_id(name),
        kind=AlarmKind.NO_MAIL,
        subject=subject,
        text=text,
        for_person_id=officer,
        acknowledge_until_at=now + ACKNOWLEDGE_WITHIN if officer else None,
    )
    return _say(office, case, f"mail-alarm/{name}", fact)


def _say(office: Office, case: CaseState, key: str, fact: Fact) -> Outcome:
    outcome = office.desk.say(key, [(stream_of(case.case_id), fact)])
    office.read_on()
    return outcome


def _duty_officer(office: Office, case: CaseState, subject: str, now: datetime) -> str:
    """A duty officer of the case, another one than who is not reached."""
    found = [
        reader.person_id
        for reader in list_readers(office.desk.board, case, now)
        if Role.DUTY_OFFICER in reader.roles and reader.person_id != subject
    ]
    return found[0] if found else ""


def _alarm_id(name: str) -> str:
    """The same fault has the same id, whichever mailer finds it."""
    return f"alarm_mail_{sha256(name.encode()).hexdigest()[:16]}"
