"""Goods from people: shelter, warmth, water, food and hygiene."""

from u24.domain.figures import Range
from u24.domain.needs import Substitute
from u24.needs.casualties import People
from u24.needs.lines import NeedLine
from u24.needs.rates import DAYS_COVERED, EMS_98, WITHOUT_ROOF_SHARE
from u24.needs.spread import exactly, product
from u24.needs.standards import Standards
from u24.reference.goods import GoodsKind
from u24.reference.sphere import Rate

# Judged, not measured: cold kills sooner than thirst, thirst sooner than hunger.
TENT_WEIGHT, HEATER_WEIGHT, BLANKET_WEIGHT, MAT_WEIGHT = 4.0, 3.0, 3.0, 1.0
WATER_WEIGHT, FOOD_WEIGHT, HYGIENE_WEIGHT = 5.0, 3.0, 1.0
COLD_TENT_SHARE = 0.7  # assumed: what a tent without liner is worth in the cold


def goods_lines(people: People, standards: Standards) -> tuple[NeedLine, ...]:
    """Every line of goods for these people; heaters and winter tents only in the cold."""
    lines = [
        tents(people, standards),
        bedding(people, standards, "blanket"),
        bedding(people, standards, "sleeping_mat"),
        treated_water(people, standards),
        bottled_water(people, standards),
        food(people, standards),
        hygiene_kits(people, standards),
    ]
    if standards.cold:
        lines.insert(1, heaters(people, standards))
    return tuple(lines)


def tents(people: People, standards: Standards) -> NeedLine:
    """One tent per family without a roof."""
    tent = standards.goods["winter_tent" if standards.cold else "family_tent"]
    other = standards.goods["family_tent" if standards.cold else "winter_tent"]
    rate = standards.rates["shelter_covered"]
    a_tent = tent.plan_people_served
    return NeedLine(
        kind=tent.kind_id,
        amount=product(people.without_roof, exactly(1 / a_tent)),
        unit=tent.unit,
        weight=TENT_WEIGHT,
        method=(
            f"displaced x {WITHOUT_ROOF_SHARE.range.best:g} without a roof (assumed), "
            f"{a_tent:g} people a tent, who need {rate.value * a_tent:g} m2 covered"
        ),
        sources=(EMS_98, *_sphere(rate), *_goods(tent)),
        substitutes=(
            Substitute(kind=other.kind_id, factor_share=COLD_TENT_SHARE if standards.cold else 1.0),
        ),
    )


def heaters(people: People, standards: Standards) -> NeedLine:
    """One heater per tent."""
    heater, stove = standards.goods["heater"], standards.goods["stove"]
    served = heater.plan_people_served
    return NeedLine(
        kind=heater.kind_id,
        amount=product(people.without_roof, exactly(1 / served)),
        unit=heater.unit,
        weight=HEATER_WEIGHT,
        method=f"one per family tent in the cold, {served:g} people each (assumed)",
        sources=_goods(heater),
        substitutes=(Substitute(kind=stove.kind_id, factor_share=1.0),),
    )


def bedding(people: People, standards: Standards, kind: str) -> NeedLine:
    """Blankets or mats for each person without a roof; in the cold up to two blankets."""
    rate, pack = standards.rates["bedding"], standards.goods[kind]
    twice = standards.cold and kind == "blanket"
    each = Range(low=rate.low, best=rate.value, high=rate.high * (2 if twice else 1))
    return NeedLine(
        kind=kind,
        amount=product(people.without_roof, each),
        unit=pack.unit,
        weight=BLANKET_WEIGHT if kind == "blanket" else MAT_WEIGHT,
        method=f"{rate.value:g} per person without a roof"
        + ("; high: two in the cold (assumed)" if twice else ""),
        sources=(*_sphere(rate), *_goods(pack)),
    )


def treated_water(people: People, standards: Standards) -> NeedLine:
    """Units that make drinking water on the spot for all displaced people."""
    rate, unit = standards.rates["water_total_min"], standards.goods["water_purification_unit"]
    return NeedLine(
        kind=unit.kind_id,
        amount=product(people.displaced, exactly(1 / unit.plan_people_served)),
        unit=unit.unit,
        weight=WATER_WEIGHT,
        method=(
            f"{rate.value:g} l per displaced person and day; a unit serves "
            f"{unit.plan_people_served:g} people"
        ),
        sources=(*_sphere(rate), *_goods(unit)),
    )


def bottled_water(people: People, standards: Standards) -> NeedLine:
    """Water to drink until the units run."""
    rate, pack = standards.rates["water_drinking_food"], standards.goods["water_bottled"]
    each = Range(low=rate.low, best=rate.value, high=rate.high).scaled(1 / rate.value)
    return NeedLine(
        kind=pack.kind_id,
        amount=product(people.without_roof, each, exactly(DAYS_COVERED / pack.plan_people_served)),
        unit=pack.unit,
        weight=WATER_WEIGHT,
        method=(
            f"{rate.value:g} l per person without a roof and day for {DAYS_COVERED} days "
            f"(days assumed), a pack serves {pack.plan_people_served:g} people a day"
        ),
        sources=(*_sphere(rate), *_goods(pack)),
    )


def food(people: People, standards: Standards) -> NeedLine:
    """Rations for all displaced people until lorries bring more."""
    rate, ration = standards.rates["energy"], standards.goods["food_ration"]
    return NeedLine(
        kind=ration.kind_id,
        amount=product(people.displaced, exactly(DAYS_COVERED / ration.plan_people_served)),
        unit=ration.unit,
        weight=FOOD_WEIGHT,
        method=(
            f"{rate.value:g} kcal per displaced person and day for {DAYS_COVERED} days "
            "(days assumed)"
        ),
        sources=(*_sphere(rate), *_goods(ration)),
    )


def hygiene_kits(people: People, standards: Standards) -> NeedLine:
    """One kit per displaced family."""
    kit = standards.goods["hygiene_kit"]
    return NeedLine(
        kind=kit.kind_id,
        amount=product(people.displaced, exactly(1 / kit.plan_people_served)),
        unit=kit.unit,
        weight=HYGIENE_WEIGHT,
        method=f"one per family of {kit.plan_people_served:g} displaced people",
        sources=_goods(kit),
    )


def _sphere(rate: Rate) -> tuple[str, ...]:
    return (f"{rate.edition}: {rate.name} {rate.value:g} {rate.unit}",)


def _goods(kind: GoodsKind) -> tuple[str, ...]:
    return tuple(f"goods table: {key}" for key in kind.sources)
