"""Facts about people: who they are, what they may do in which case, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from u24.domain.facts.fact import Fact

EVERY_CASE = "*"


class Role(StrEnum):
    """What a person may do in a case; the table of rights stands in ``u24/desk/policy.py``."""

    ADMINISTRATOR = "administrator"  # enrols people and grants roles; of the whole desk
    DUTY_OFFICER = "duty_officer"
    FOCAL_POINT = "focal_point"  # speaks for one member
    HOST_OFFICER = "host_officer"  # speaks for the host
    DECISION_MAKER = "decision_maker"  # takes positions for one member
    LOGISTICIAN = "logistician"
    LEGAL_OFFICER = "legal_officer"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled(Fact):
    """A person whom the desk knows; said again with the same id, it replaces."""

    person_id: str
    name: str
    email: str = ""
    member: str = ""  # ISO 3166-1 alpha-3 of the country the person speaks for, if any


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Fact):
    """A person has a role in one case, or in every case (``*``); a guest's has an end."""

    person_id: str
    role: Role
    case_id: str = EVERY_CASE
    until_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Fact):
    """A role is taken back."""

    person_id: str
    role: Role
    case_id: str = EVERY_CASE
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyNamed(Fact):
    """From now on, until ``until_at``, the deputy may do what the person may."""

    person_id: str
    deputy_id: str
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyEnded(Fact):
    """The deputy may no longer act for the person."""

    person_id: str
    deputy_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandedOver(Fact):
    """One person's role goes to another, with a note of what is open."""

    person_id: str
    to_person_id: str
    role: Role
    case_id: str = EVERY_CASE
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassBroken(Fact):
    """In an emergency of the desk itself a person took a role, for a short time, and said why."""

    person_id: str
    role: Role
    case_id: str
    reason: str
    until_at: datetime
