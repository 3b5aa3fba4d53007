"""Teams and modules: people, equipment, readiness and what they can do."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamKind:
    """One kind of team, or one team that was observed (see ``basis``).

    None means that no source says. The plan figures up to
    ``plan_self_sufficient_days`` are complete; a capacity is None where it means
    nothing. ``mass_kg`` and ``volume_l`` are the equipment, without the people.
    """

    kind_id: str
    name: str
    family: str  # usar, medical, flood, water, fire, cbrn, shelter, support, coordination
    basis: str  # norm, catalogue, observed or assumed
    people: int | None
    dogs: int | None
    mass_kg: int | None
    volume_l: int | None
    ready_h: int | None
    self_sufficient_days: int | None
    sites_at_once: int | None
    patients_day: int | None
    beds: int | None
    theatres: int | None
    litres_day: int | None
    people_served: int | None
    plan_people: int
    plan_dogs: int
    plan_mass_kg: int
    plan_volume_l: int
    plan_ready_h: int
    plan_self_sufficient_days: int
    plan_sites_at_once: int | None
    plan_patients_day: int | None
    plan_beds: int | None
    plan_litres_day: int | None
    plan_people_served: int | None
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    assumed_note: str
    sources: tuple[str, ...]
    output: str
    notes: str


def get_team(kind_id: str, tables: Tables = SHIPPED) -> TeamKind:
    """The kind of team with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, TeamKind, kind_id, tables)


def list_teams(tables: Tables = SHIPPED) -> tuple[TeamKind, ...]:
    """All kinds of team, in order of id."""
    return tuple(read_keyed(TABLE, TeamKind, tables).values())
