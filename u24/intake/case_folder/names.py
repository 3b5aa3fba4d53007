"""What words in the cells may name: places, airports, kinds, classes, countries, sources."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from u24.intake.case_folder.column import Refers
from u24.intake.case_folder.faults import alike
from u24.reference.aircraft import list_aircraft_classes
from u24.reference.airports import find_airport
from u24.reference.catalogue import get_spec, list_specs
from u24.reference.countries import find_country, list_countries
from u24.reference.goods import list_goods
from u24.reference.lorries import list_lorry_classes
from u24.reference.tables import SHIPPED, Tables, read_cells
from u24.reference.teams import list_teams

MOST_SUGGESTIONS = 50  # of one folder; to look for near names is slow
CODE_LENGTHS = (3, 4)  # of IATA and ICAO codes
ORGANISATION = ("X", 3)  # ISO 3166-1 leaves XAA to XZZ to its users


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The figures of one pack of a kind, as the goods or teams table gives them."""

    mass_g: int
    volume_ml: int
    people: int


@lru_cache(maxsize=8)
def packs_by_kind(tables: Tables) -> dict[str, Pack]:
    """The pack of every kind of goods and team."""
    packs = {
        goods.kind_id: Pack(mass_g=goods.plan_pack_g, volume_ml=goods.plan_pack_ml, people=0)
        for goods in list_goods(tables)
    }
    for team in list_teams(tables):
        packs[team.kind_id] = Pack(
            mass_g=max(1, team.plan_mass_kg * 1000),  # a team without kit still is a pack
            volume_ml=max(1, team.plan_volume_l * 1000),
            people=team.plan_people,
        )
    return packs


def list_table_names() -> tuple[str, ...]:
    """The reference tables that a case may replace: those with rows and columns."""
    return tuple(spec.name for spec in list_specs() if spec.is_csv)


@dataclass(slots=True, kw_only=True)
class Names:
    """Every name a cell may hold. ``None`` for places or sources: not known, do not judge."""

    tables: Tables = SHIPPED
    places: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    own_kinds: frozenset[str] = frozenset()
    _found: dict[tuple[Refers, str], str | None] = field(default_factory=dict)
    _told: int = 0

    def find(self, refers: Refers, word: str) -> str | None:
        """The name in the form the case holds: airports by ICAO code; None if unknown."""
        if (refers, word) not in self._found:
            self._found[refers, word] = self._find(refers, word)
        return self._found[refers, word]

    def _find(self, refers: Refers, word: str) -> str | None:
        if refers is Refers.AIRPORT:
            return self._icao(word)
        if refers is Refers.SITE:
            if self.places is not None and word in self.places:
                return word
            return self._icao(word) or (word if self.places is None else None)
        if refers is Refers.COUNTRY:
            return word if self._is_country(word) else None
        known = self._known(refers)
        return word if known is None or word in known else None

    def alike(self, refers: Refers, word: str) -> str:
        """Near names, as the end of a message; empty if none, or after many."""
        self._told += 1
        return (
            alike(word, self._suggestions(refers, word)) if self._told <= MOST_SUGGESTIONS else ""
        )

    def is_place_or_country(self, word: str) -> bool:
        """Whether a caveat may speak of it as a destination."""
        return self.places is None or word in self.places or self._is_country(word)

    def _icao(self, word: str) -> str | None:
        airport = find_airport(word, self.tables)
        return airport.icao if airport else None

    def _is_country(self, word: str) -> bool:
        country = find_country(word, self.tables)
        is_organisation = (word[:1], len(word)) == ORGANISATION
        return is_organisation or (country is not None and country.iso3 == word)

    def _known(self, refers: Refers) -> Iterable[str] | None:
        if refers is Refers.PLACE:
            return self.places
        if refers is Refers.SOURCE:
            return self.sources
        if refers is Refers.KIND:
            return self.own_kinds | packs_by_kind(self.tables).keys()
        return _classes(self.tables, with_aircraft=refers is Refers.CLASS)

    def _suggestions(self, refers: Refers, word: str) -> Iterable[str]:
        if refers is Refers.COUNTRY:
            return [country.iso3 for country in list_countries(self.tables)]
        if refers is Refers.AIRPORT:
            return _airport_codes(self.tables)
        if refers is Refers.SITE:
            codes = _airport_codes(self.tables) if len(word) in CODE_LENGTHS else ()
            return [*sorted(self.places or ()), *codes]
        return sorted(self._known(refers) or ())


@lru_cache(maxsize=8)
def _classes(tables: Tables, *, with_aircraft: bool) -> frozenset[str]:
    lorries = {lorry.class_id for lorry in list_lorry_classes(tables)}
    aircraft = {each.class_id for each in list_aircraft_classes(tables)} if with_aircraft else set()
    return frozenset(lorries | aircraft)


@lru_cache(maxsize=8)
def _airport_codes(tables: Tables) -> list[str]:
    names = [column.name for column in get_spec("airports").columns]
    icao, iata = names.index("icao"), names.index("iata")
    rows = read_cells("airports", tables)
    return [row[at] for row in rows for at in (icao, iata) if row[at]]
