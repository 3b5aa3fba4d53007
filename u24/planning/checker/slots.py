"""Rules of the sites: nobody is served where there is no slot."""

from collections.abc import Iterator

from u24.domain.plan import Purpose, Violation
from u24.planning.checker.book import Book, broken, hours

Stay = tuple[float, float, int, str]  # from, until, parking units, vehicle


def check_slots(book: Book) -> list[Violation]:
    """Sweep each site's stays over time against its slots and their changes."""
    stays: dict[str, list[Stay]] = {}
    for vehicle_id, route in sorted(book.routes.items()):
        units = book.class_of(vehicle_id).parking_units
        for call in route.calls:
            if call.purpose is not Purpose.START:
                stays.setdefault(call.site_id, []).append(
                    (call.service_from_s, call.service_until_s, units, vehicle_id)
                )
    found: list[Violation] = []
    for site_id in sorted(stays):
        found += _site(book, site_id, stays[site_id])
    return found


def _site(book: Book, site_id: str, stays: list[Stay]) -> Iterator[Violation]:
    site = book.sites[site_id]
    moments = {stay[0] for stay in stays}
    moments |= {change.from_s for change in site.slot_changes}
    for moment in sorted(moments):
        here = [stay for stay in stays if stay[0] <= moment < stay[1]]
        if not here:
            continue
        limits = [] if site.slots is None else [site.slots]
        limits += [c.slots for c in site.slot_changes if c.from_s <= moment < c.until_s]
        if not limits:
            continue
        used, slots = sum(stay[2] for stay in here), min(limits)
        if used > slots:
            who = ", ".join(stay[3] for stay in here)
            rule = "airport-closed" if slots == 0 else "slot-double-booked"
            yield broken(rule, site_id, f"{used} of {slots} slots at {hours(moment)}: {who}")
