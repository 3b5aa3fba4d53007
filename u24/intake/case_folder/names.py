"""What words in the cells may name: places, airports, kinds, classes, countries, sources."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from u24.domain.consent import TYPE_WORDS
from u24.intake.case_folder.column import Refers
from u24.intake.case_folder.faults import alike
from u24.intake.case_folder.kinds import table_kinds
from u24.reference.aircraft import list_aircraft_classes
from u24.reference.airports import find_airport
from u24.reference.catalogue import get_spec, list_specs
from u24.reference.conditions import STANDARD
from u24.reference.controlled import list_controlled_kinds
from u24.reference.countries import find_country, list_countries
from u24.reference.gates import list_gates
from u24.reference.lorries import list_lorry_classes
from u24.reference.organisations import ORGANISATIONS
from u24.reference.tables import SHIPPED, Tables, read_cells

MOST_SUGGESTIONS = 50  # of one folder; to look for near names is slow
CODE_LENGTHS = (3, 4)  # of IATA and ICAO codes
FREE_CODE = ("X", 3)  # ISO 3166-1 leaves XAA to XZZ to its users


class Holder(StrEnum):
    """What of the case has an id; the value is how a message speaks of one."""

    PLACES = "a place"
    PHASES = "a phase"
    PROPOSALS = "a proposal"
    CONDITIONS = "a condition"
    ASKS = "an ask"
    NEEDS = "a need"
    OFFERS = "an offer"
    SOURCES = "a source"


FREE_CODES = "XAA to XZZ"
# What may stand where a country may.
OF_COUNTRIES: dict[Refers, tuple[str, ...]] = {
    Refers.COUNTRY: (FREE_CODES,),
    Refers.DESTINATION: (FREE_CODES,),
    Refers.MEMBER: ORGANISATIONS,
    Refers.LAWGIVER: (*ORGANISATIONS, FREE_CODES),
}
HELD_BY = {
    Refers.PLACE: (Holder.PLACES,),
    Refers.PHASE: (Holder.PHASES,),
    Refers.PROPOSAL: (Holder.PROPOSALS,),
    Refers.CONDITION: (Holder.CONDITIONS,),
    Refers.ASK: (Holder.ASKS,),
    Refers.SOURCE: (Holder.SOURCES,),
    Refers.GATED: (Holder.OFFERS, Holder.PROPOSALS),
    Refers.JUDGED: (Holder.OFFERS, Holder.PROPOSALS, Holder.ASKS),
    Refers.WISH: (Holder.OFFERS, Holder.PROPOSALS, Holder.NEEDS),
}


def list_table_names() -> tuple[str, ...]:
    """The reference tables that a case may replace: those with rows and columns."""
    return tuple(spec.name for spec in list_specs() if spec.is_csv)


@dataclass(slots=True, kw_only=True)
class Names:
    """Every name a cell may hold. What ``of_case`` does not tell of is not judged."""

    tables: Tables = SHIPPED
    of_case: Mapping[Holder, AbstractSet[str]] = field(default_factory=dict)
    own_kinds: frozenset[str] = frozenset()
    _found: dict[tuple[Refers, str], str | None] = field(default_factory=dict)
    _told: int = 0

    def find(self, refers: Refers, word: str) -> str | None:
        """The name in the form the case holds: airports by ICAO code; None if unknown."""
        if (refers, word) not in self._found:
            self._found[refers, word] = self._find(refers, word)
        return self._found[refers, word]

    def alike(self, refers: Refers, word: str) -> str:
        """Near names, as the end of a message; empty if none, or after many."""
        self._told += 1
        return (
            alike(word, self._suggestions(refers, word)) if self._told <= MOST_SUGGESTIONS else ""
        )

    def holders(self, refers: Refers, word: str) -> list[Holder]:
        """What of the case has that id; if there are two, nobody can tell which is meant."""
        holders = HELD_BY.get(refers, ())
        return [holder for holder in holders if word in self.of_case.get(holder, ())]

    def _find(self, refers: Refers, word: str) -> str | None:
        if refers in {Refers.AIRPORT, Refers.SITE}:
            is_place = refers is Refers.SITE and word in self._places
            airport = None if is_place else find_airport(word, self.tables)
            if airport:
                return airport.icao
            return word if is_place or (refers is Refers.SITE and self._any_place) else None
        if refers is Refers.DESTINATION and (self._any_place or word in self._places):
            return word
        if refers in OF_COUNTRIES:
            return word if self._is_member(word, OF_COUNTRIES[refers]) else None
        known = self._known(refers)
        return word if known is None or word in known else None

    @property
    def _places(self) -> AbstractSet[str]:
        return self.of_case.get(Holder.PLACES, frozenset())

    @property
    def _any_place(self) -> bool:
        return Holder.PLACES not in self.of_case

    def _is_member(self, word: str, more: tuple[str, ...]) -> bool:
        """Whether it is a country, or one of ``more``, which may hold the codes of users."""
        if word in more or (FREE_CODES in more and (word[:1], len(word)) == FREE_CODE):
            return True
        country = find_country(word, self.tables)
        return country is not None and country.iso3 == word

    def _known(self, refers: Refers) -> AbstractSet[str] | None:
        if refers in OF_TABLES:
            return OF_TABLES[refers](self.tables)
        if refers is Refers.KIND:
            return self.own_kinds | table_kinds(self.tables)
        if refers is Refers.CONSENT_KIND:
            kinds = self.own_kinds | table_kinds(self.tables) | set(TYPE_WORDS)
            return kinds | _classes(self.tables)
        holders = HELD_BY[refers]
        if any(holder not in self.of_case for holder in holders):
            return None
        standard = STANDARD if refers is Refers.CONDITION else ()
        return frozenset(standard).union(*(self.of_case[holder] for holder in holders))

    def _suggestions(self, refers: Refers, word: str) -> Iterable[str]:
        if refers in OF_COUNTRIES and refers is not Refers.DESTINATION:
            own = [each for each in OF_COUNTRIES[refers] if each != FREE_CODES]
            return [*own, *(country.iso3 for country in list_countries(self.tables))]
        if refers is Refers.AIRPORT:
            return _airport_codes(self.tables)
        if refers is Refers.SITE:
            codes = _airport_codes(self.tables) if len(word) in CODE_LENGTHS else ()
            return [*sorted(self._places), *codes]
        if refers is Refers.DESTINATION:
            return sorted(self._places)
        return sorted(self._known(refers) or ())


@lru_cache(maxsize=8)
def _lorries(tables: Tables) -> frozenset[str]:
    return frozenset(lorry.class_id for lorry in list_lorry_classes(tables))


@lru_cache(maxsize=8)
def _classes(tables: Tables) -> frozenset[str]:
    return _lorries(tables) | {each.class_id for each in list_aircraft_classes(tables)}


def _organisations(tables: Tables) -> frozenset[str]:
    return frozenset(ORGANISATIONS)


def _gates(tables: Tables) -> frozenset[str]:
    return frozenset(gate.gate_id for gate in list_gates(tables))


def _crew_families(tables: Tables) -> frozenset[str]:
    return frozenset(each.crew_family for each in list_controlled_kinds(tables)) - {""}


@lru_cache(maxsize=8)
def _airport_codes(tables: Tables) -> list[str]:
    names = [column.name for column in get_spec("airports").columns]
    icao, iata = names.index("icao"), names.index("iata")
    rows = read_cells("airports", tables)
    return [row[at] for row in rows for at in (icao, iata) if row[at]]


OF_TABLES: dict[Refers, Callable[[Tables], frozenset[str]]] = {
    Refers.CLASS: _classes,
    Refers.LORRY: _lorries,
    Refers.ORGANISATION: _organisations,
    Refers.GATE: _gates,
    Refers.CREW_FAMILY: _crew_families,
}
