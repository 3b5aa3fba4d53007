"""How big the made instances are, and what holds them back."""

from dataclasses import dataclass, replace

from u24.errors import InvalidInput

STOCK_LIMITED = "stock-limited"
LIFT_LIMITED = "lift-limited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Counts of one size; ``stock_percent`` is the mass in stock of the mass needed."""

    name: str
    disasters: int
    gateways: int  # airports of entry for each disaster
    places: int  # of need, for each disaster
    needs: int
    lots: int
    aircraft: int
    stock_airports: int
    airports: int
    need_kg: int  # of the middle need of goods
    stock_percent: int
    open_to_all_permille: int  # lots for every disaster; the rest is offered to one or two
    lorries: tuple[int, int]  # fewest and most at a gateway


_S = Size(
    name="S", disasters=1, gateways=3, places=8, needs=20, lots=40, aircraft=15,
    stock_airports=14, airports=25, need_kg=24_000, stock_percent=130,
    open_to_all_permille=1000, lorries=(11, 40),
)  # fmt: skip
_SIZES = {
    "M": Size(
        name="M", disasters=3, gateways=4, places=25, needs=200, lots=1_000, aircraft=120,
        stock_airports=60, airports=150, need_kg=36_000, stock_percent=200,
        open_to_all_permille=880, lorries=(14, 62),
    ),
    "L": Size(
        name="L", disasters=10, gateways=4, places=40, needs=1_000, lots=20_000, aircraft=600,
        stock_airports=300, airports=800, need_kg=36_000, stock_percent=350,
        open_to_all_permille=50, lorries=(14, 62),
    ),
}  # fmt: skip
NAMES = ("S", "M", "L")


def get_size(name: str, seed: int) -> Size:
    """The size of that name. Of size S, odd seeds lack lift and even seeds lack stock.

    Raises
    ------
    InvalidInput
        There is no such size.
    """
    if name == "S":
        if regime_of(name, seed) == LIFT_LIMITED:
            return replace(_S, need_kg=60_000, stock_percent=700)
        return _S
    if name not in _SIZES:
        raise InvalidInput(f"size is {name!r}; it must be one of {', '.join(NAMES)}")
    return _SIZES[name]


def regime_of(name: str, seed: int) -> str:
    """What an instance is made to be short of."""
    return STOCK_LIMITED if name == "S" and seed % 2 == 0 else LIFT_LIMITED
