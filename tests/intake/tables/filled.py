"""Templates filled with needs and offers, and valid words to fill them with."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.builders import T0
from u24.domain.figures import Basis, Grounds, Range
from u24.domain.needs import Need, Substitute
from u24.domain.offers import Caveat, CaveatKind, Lot, Vehicle
from u24.intake.tables.schema import GOODS, NEEDS, VEHICLES
from u24.intake.tables.template import make_csv, make_workbook
from u24.intake.tables.words import row_of_lot, row_of_need, row_of_vehicle

WORD = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
PLACE = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")),
    max_size=12,
).filter(lambda text: "\u202d" not in text and "\u202e" not in text)
NOTE = st.one_of(
    PLAIN, PLAIN.map(lambda text: f"={text}"), st.sampled_from(["@x", "-1", "'=1", "+"])
).map(str.strip)
MOMENT = st.integers(0, 1_000_000).map(lambda s: T0 + timedelta(seconds=s))
GROUNDS = st.builds(
    Grounds, basis=st.sampled_from(Basis), sources=st.lists(WORD, max_size=2).map(tuple), note=NOTE
)  # fmt: skip
CAVEATS = st.lists(
    st.sampled_from([
        Caveat(kind=CaveatKind.NOT_TO, argument="SYR"),
        Caveat(kind=CaveatKind.ONLY_VIA, argument="LTAF"),
        Caveat(kind=CaveatKind.NOT_BEFORE_H, argument="8"),
        Caveat(kind=CaveatKind.ONLY_IF, argument="cease-fire|un-mandate"),
    ]),
    max_size=2,
).map(tuple)  # fmt: skip
PROPOSAL = st.just("") | WORD
AMOUNT = st.integers(1, 9_999_999_000).map(lambda number: number / 1000)


@st.composite
def needs(draw):
    low, best, high = sorted(draw(st.tuples(AMOUNT, AMOUNT, AMOUNT)))
    due, deadline = sorted(draw(st.tuples(MOMENT, MOMENT)))
    kinds = draw(st.lists(WORD, max_size=2, unique=True))
    return Need(
        need_id=draw(WORD), place_id=draw(PLACE), kind=draw(WORD),
        amount=Range(low=low, best=best, high=high),
        planned_units=draw(st.integers(1, 10_000_000)), due_at=due, deadline_at=deadline,
        weight=draw(st.integers(1, 10**9)) / 1000, grounds=draw(GROUNDS),
        substitutes=tuple(
            Substitute(kind=kind, factor_share=draw(st.floats(0.01, 10))) for kind in kinds
        ),
        or_similar=draw(st.booleans()), proposal_id=draw(PROPOSAL),
    )  # fmt: skip


@st.composite
def lots(draw):
    ready = draw(MOMENT)
    end = draw(st.none() | st.integers(1, 10**6).map(lambda s: ready + timedelta(seconds=s)))
    return Lot(
        lot_id=draw(WORD), member=draw(st.sampled_from(["ROU", "NLD", "XAB"])), kind=draw(WORD),
        site_id=draw(st.sampled_from(["LROP", "LTAF"])), packs=draw(st.integers(1, 10_000_000)),
        pack_mass_g=draw(st.integers(1, 10**9)), pack_volume_ml=draw(st.integers(1, 10**9)),
        pack_people=draw(st.integers(0, 10_000)), pack_units=draw(st.integers(1, 10**7)),
        ready_at=ready, valid_until_at=end, caveats=draw(CAVEATS), grounds=draw(GROUNDS),
        military=draw(st.booleans()), proposal_id=draw(PROPOSAL),
    )  # fmt: skip


@st.composite
def vehicles(draw):
    start = draw(MOMENT)
    return Vehicle(
        vehicle_id=draw(WORD), member="ROU", class_id="C130H", home_site="LROP",
        available_at=start, until_at=start + timedelta(seconds=draw(st.integers(1, 10**6))),
        caveats=draw(CAVEATS), grounds=draw(GROUNDS), military=draw(st.booleans()),
    )  # fmt: skip


def offer_workbook(lots=(), vehicles=(), **options):
    rows = {
        "Goods": [row_of_lot(lot) for lot in lots],
        "Vehicles": [row_of_vehicle(vehicle) for vehicle in vehicles],
    }
    return make_workbook("offer", rows=rows, **options)


def request_workbook(needs, **options):
    return make_workbook(
        "request", rows={"Needs": [row_of_need(need) for need in needs]}, **options
    )


def needs_csv(needs):
    return make_csv(NEEDS, [row_of_need(need) for need in needs])


def lots_csv(lots):
    return make_csv(GOODS, [row_of_lot(lot) for lot in lots])


def vehicles_csv(vehicles):
    return make_csv(VEHICLES, [row_of_vehicle(vehicle) for vehicle in vehicles])


NEED_ROW = {
    "need_id": "N1", "place": "antakya", "kind": "usar_heavy", "amount_low": 8, "amount_best": 10,
    "amount_high": 14, "planned": 10, "due_at": "2023-02-07T01:17Z",
    "deadline_at": "2023-02-08T01:17Z", "weight": 5, "substitutes": "usar_medium:0.5",
    "basis": "stated", "source": "S1", "note": "as said",
}  # fmt: skip
LOT_ROW = {
    "lot_id": "O1", "member": "ROU", "kind": "usar_heavy", "site": "LROP", "packs": 1,
    "pack_kg": 16000, "pack_l": 64000, "pack_people": 65, "pack_units": 1,
    "ready_at": "2023-02-06T07:00Z", "valid_until_at": "2023-02-09T01:00Z",
    "caveats": "not_via:LTAJ", "basis": "stated", "source": "S1", "note": "",
}  # fmt: skip
VEHICLE_ROW = {
    "vehicle_id": "L1", "member": "ROU", "class": "C130H", "count": 2, "home": "LROP",
    "available_at": "2023-02-06T05:00Z", "until_at": "2023-02-08T13:00Z",
    "caveats": "own_cargo_only", "basis": "stated", "source": "", "note": "",
}  # fmt: skip
# Cells that can be in no table, by what the column holds.
BAD_CELLS = {
    "need_id": ["", "two words", "=1+1"], "lot_id": ["", "ä"], "vehicle_id": ["", "a b"],
    "place": ["", "Über"], "kind": ["", "no such"], "member": ["", "Romania", "ZZZ"],
    "site": ["", "!!"], "home": ["", "a b"], "class": ["", "zeppelin"],
    "packs": ["", "12 boxes", "1,200", "0", "-3", "1.5", "NaN", "1e99"],
    "count": ["0", "many", "501"], "planned": ["0", "x"], "amount_low": ["11", "x", "NaN"],
    "amount_best": ["", "1,200", "inf", "-1"], "amount_high": ["9", "1 200"],
    "due_at": ["", "tomorrow", "2023-02-30T00:00Z", "2023-02-07T01:17", "2023-02-07T01:17+02:00"],
    "deadline_at": ["2023-02-06T00:00Z", "x"], "weight": ["0", "heavy", "NaN"],
    "substitutes": ["usar", "a:99"], "basis": ["rumour"], "source": ["a b"],
    "pack_kg": ["0", "16 t", "-1"], "pack_l": ["x", "0"], "pack_people": ["-1", "1.5"],
    "pack_units": ["0", "x"], "ready_at": ["", "06.02.2023"],
    "valid_until_at": ["2023-02-06T07:00Z", "later"], "available_at": ["", "soon"],
    "until_at": ["", "2023-02-06T05:00Z"], "caveats": ["never_mind", "not_to:", "not_via"],
    "note": ["a\x01b"], "or_similar": ["perhaps"], "military": ["army"],
    "proposal": ["two words"],
}  # fmt: skip
