"""Alarms: somebody looks after them, or they no longer matter."""

from u24.desk.board.state import AlarmState
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.movements import AcknowledgeAlarm, ClearAlarm
from u24.domain.facts.movements import AlarmAcknowledged, AlarmCleared


def acknowledge_alarm(command: AcknowledgeAlarm, setting: Setting) -> Saying | Refusal:
    """Somebody looks after it; the first who says so."""
    alarm = _open_alarm(command, setting)
    if isinstance(alarm, Refusal):
        return alarm
    if alarm.acknowledged_by:
        text = f"{alarm.acknowledged_by} looks after alarm {command.alarm_id} already"
        return refuse("acknowledged", text)
    fact = AlarmAcknowledged(
        said_at=setting.now, case_id=command.case_id, alarm_id=command.alarm_id, note=command.note
    )
    return Saying(facts=((case_stream(command.case_id), fact),))


def clear_alarm(command: ClearAlarm, setting: Setting) -> Saying | Refusal:
    """It no longer matters, and why."""
    alarm = _open_alarm(command, setting)
    if isinstance(alarm, Refusal):
        return alarm
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why the alarm no longer matters")
    fact = AlarmCleared(
        said_at=setting.now, case_id=command.case_id, alarm_id=command.alarm_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def _open_alarm(command: AcknowledgeAlarm | ClearAlarm, setting: Setting) -> AlarmState | Refusal:
    alarm = setting.board.cases[command.case_id].alarms.get(command.alarm_id)
    if alarm is None:
        return refuse("unknown-alarm", f"the case has no alarm {command.alarm_id}")
    if alarm.cleared:
        return refuse("cleared", f"alarm {command.alarm_id} was cleared: {alarm.cleared}")
    return alarm
