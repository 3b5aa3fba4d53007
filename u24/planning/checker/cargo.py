"""Rules of the consignments: whose, when, how much, by which chain, on which lorries."""

import math
from collections.abc import Iterator
from itertools import pairwise

from u24.domain.offers import G_PER_KG, ML_PER_L, PERSON_MASS_G, Lot, Mode
from u24.domain.plan import Carrier, Consignment, Purpose, Route, Segment, Violation
from u24.planning.checker.book import Book, broken, hours

CHAIN = (Carrier.MEMBER_ROAD, Carrier.VEHICLE, Carrier.LORRIES)  # in this order


def check_consignments(book: Book) -> list[Violation]:
    """Amounts, permissions, ready and due times, and the chain of each consignment."""
    found: list[Violation] = []
    used: dict[str, float] = {}
    parts: dict[str, int] = {}
    for consignment in book.consignments:
        used[consignment.lot_id] = used.get(consignment.lot_id, 0) + consignment.packs
        parts[consignment.lot_id] = parts.get(consignment.lot_id, 0) + 1
        found += _amount(book, consignment)
        found += _permission(book, consignment)
        found += _times(book, consignment)
        found += _chain(book, consignment)
    for lot_id in sorted(used):
        lot = book.lots[lot_id]
        team = lot.packs == 1 and lot.pack_people > 0
        if team and parts[lot_id] > 1:
            found.append(broken("team-split", f"lot {lot_id}", "a team goes as one consignment"))
        if used[lot_id] > lot.packs:
            found.append(
                broken(
                    "lot-used-twice", f"lot {lot_id}", f"{used[lot_id]} packs of {lot.packs} move"
                )
            )
    return found


def check_loads(book: Book) -> list[Violation]:
    """Mass over each leg, volume and seats of every loaded vehicle; whose cargo it is."""
    found: list[Violation] = []
    aboard: dict[tuple[str, int, int], list[Consignment]] = {}
    for consignment in book.consignments:
        for segment in consignment.segments:
            if segment.carrier is Carrier.VEHICLE and segment.vehicle_id in book.routes:
                key = (segment.vehicle_id, segment.from_call, segment.to_call)
                aboard.setdefault(key, []).append(consignment)
    for (vehicle_id, first, last), consignments in sorted(aboard.items()):
        route = book.routes[vehicle_id]
        if not 0 <= first < last < len(route.calls):
            continue  # named by the chain rule
        found += _capacity(book, route, (first, last), consignments)
        if book.limits_of(vehicle_id).own_cargo_only:
            member = book.vehicles[vehicle_id].member
            for consignment in consignments:
                if book.lots[consignment.lot_id].member != member:
                    found.append(
                        broken(
                            "own-cargo-only",
                            vehicle_id,
                            f"carries {consignment.lot_id} of another member",
                        )
                    )
    return found


def check_lorries(book: Book) -> list[Violation]:
    """Whole lorries, out and back, against each site's pool."""
    trips: dict[tuple[str, int, str, str], float] = {}
    for consignment in book.consignments:
        for segment in consignment.segments:
            if segment.carrier is Carrier.LORRIES:
                key = (segment.from_site, segment.start_s, consignment.need_id, segment.to_site)
                share = _lorry_share(book, book.lots[consignment.lot_id], segment.from_site)
                trips[key] = trips.get(key, 0.0) + consignment.packs * share
    out: dict[str, list[tuple[float, float, int]]] = {}
    for (site_id, start_s, _, to_site), share in trips.items():
        way_s = book.road_s.get((site_id, to_site), 0)
        lorries = math.ceil(share - 1e-6)
        out.setdefault(site_id, []).append((start_s, start_s + 2 * way_s, lorries))
    found = []
    for site_id, used in sorted(out.items()):
        pool = book.sites[site_id].lorries
        for moment in sorted({start for start, _, _ in used}):
            busy = sum(n for start, end, n in used if start <= moment < end)
            if busy > pool:
                found.append(
                    broken("lorry-pool-exceeded", site_id, f"{busy} of {pool} at {hours(moment)}")
                )
                break
    return found


def _where(consignment: Consignment) -> str:
    return f"consignment {consignment.lot_id} > {consignment.need_id}"


def _amount(book: Book, consignment: Consignment) -> Iterator[Violation]:
    if consignment.packs != int(consignment.packs) or consignment.packs < 1:
        team = book.lots[consignment.lot_id].pack_people > 0
        yield broken(
            "team-split" if team else "pack-split",
            _where(consignment),
            f"moves {consignment.packs} packs; only whole packs move",
        )


def _permission(book: Book, consignment: Consignment) -> Iterator[Violation]:
    match = book.matches.get((consignment.lot_id, consignment.need_id))
    where = _where(consignment)
    if match is None:
        yield broken("caveat-ignored", where, "this lot may not serve this need")
        return
    landed = [s.to_site for s in consignment.segments if s.carrier is Carrier.VEHICLE]
    for site_id in landed:
        if site_id in match.not_via or (match.only_via and site_id not in match.only_via):
            yield broken("caveat-ignored", where, f"it may not come by {site_id}")
    moment = _load_s(book, consignment)
    if moment is None:
        return
    for opens, closes in match.windows:
        if book.seconds(opens) <= moment and (closes is None or moment < book.seconds(closes)):
            return
    yield broken("caveat-ignored", where, f"it may not be loaded at {hours(moment)}")


def _times(book: Book, consignment: Consignment) -> Iterator[Violation]:
    where = _where(consignment)
    if not consignment.segments:
        return
    ready_s = book.seconds(book.lots[consignment.lot_id].ready_at)
    if consignment.segments[0].start_s < ready_s:
        yield broken(
            "before-ready",
            where,
            f"moves at {hours(consignment.segments[0].start_s)}, ready {hours(ready_s)}",
        )
    deadline_s = book.seconds(book.needs[consignment.need_id].deadline_at)
    if consignment.arrive_s > deadline_s:
        yield broken(
            "after-due",
            where,
            f"arrives {hours(consignment.arrive_s)}, of use until {hours(deadline_s)}",
        )


def _chain(book: Book, consignment: Consignment) -> Iterator[Violation]:
    where = _where(consignment)
    if not consignment.segments:
        yield broken("broken-chain", where, "it has no segments")
        return
    order = [segment.carrier for segment in consignment.segments]
    if order != sorted(order, key=CHAIN.index) or order.count(Carrier.VEHICLE) != 1:
        yield broken(
            "broken-chain", where, "by its member's road, then one vehicle, then the pool's lorries"
        )
    at = book.lots[consignment.lot_id].site_id
    moment = -math.inf
    for segment in consignment.segments:
        if segment.from_site != at:
            yield broken("broken-chain", where, f"it is at {at}, not {segment.from_site}")
        if segment.start_s < moment or segment.end_s < segment.start_s:
            yield broken("broken-chain", where, f"times run backwards at {segment.from_site}")
        if segment.carrier is Carrier.VEHICLE:
            yield from _on_vehicle(book, segment, where)
        else:
            yield from _by_road(book, segment, where)
        at, moment = segment.to_site, segment.end_s
    wanted = book.needs[consignment.need_id].place_id
    if at != wanted:
        yield broken("broken-chain", where, f"it ends at {at}, wanted at {wanted}")


def _by_road(book: Book, segment: Segment, where: str) -> Iterator[Violation]:
    least = book.road_s.get((segment.from_site, segment.to_site))
    if least is None:
        yield broken("broken-chain", where, f"no road {segment.from_site} > {segment.to_site}")
    elif segment.end_s - segment.start_s < least:
        yield broken(
            "too-fast", where, f"road takes {segment.end_s - segment.start_s} s, at least {least}"
        )


def _on_vehicle(book: Book, segment: Segment, where: str) -> Iterator[Violation]:
    route = book.routes.get(segment.vehicle_id)
    if route is None:
        yield broken("broken-chain", where, f"{segment.vehicle_id!r} has no route")
        return
    if not 0 <= segment.from_call < segment.to_call < len(route.calls):
        yield broken("broken-chain", where, f"{segment.vehicle_id} has no such calls")
        return
    load, unload = route.calls[segment.from_call], route.calls[segment.to_call]
    between = route.calls[segment.from_call + 1 : segment.to_call]
    if (
        (load.purpose, unload.purpose) != (Purpose.LOAD, Purpose.UNLOAD)
        or (load.site_id, unload.site_id) != (segment.from_site, segment.to_site)
        or any(call.purpose is not Purpose.TECH_STOP for call in between)
    ):
        yield broken("broken-chain", where, f"{segment.vehicle_id} does not carry it that way")
    if segment.start_s > load.service_from_s or segment.end_s < unload.service_until_s:
        yield broken("broken-chain", where, f"it is not there while {segment.vehicle_id} is loaded")


def _capacity(
    book: Book, route: Route, calls: tuple[int, int], consignments: list[Consignment]
) -> Iterator[Violation]:
    of_class = book.class_of(route.vehicle_id)
    where = f"{route.vehicle_id} from {route.calls[calls[0]].site_id}"
    lots = [(book.lots[c.lot_id], c.packs) for c in consignments]
    people = sum(packs * lot.pack_people for lot, packs in lots)
    kg = (sum(packs * lot.pack_mass_g for lot, packs in lots) + people * PERSON_MASS_G) / G_PER_KG
    litres = sum(packs * lot.pack_volume_ml for lot, packs in lots) / ML_PER_L
    legs = route.calls[calls[0] : calls[1] + 1]
    allowed = float(of_class.payload_points[0][1])
    if of_class.mode is Mode.AIR:
        for before, after in pairwise(legs):
            km = book.km(book.sites[before.site_id], book.sites[after.site_id])
            allowed = min(allowed, book.payload_kg(of_class, km))
    for name, found, most in (
        ("kg", kg, allowed),
        ("l", litres, of_class.volume_l),
        ("people", people, of_class.seats),
    ):
        if found > most + 1e-6 * max(1.0, most):
            yield broken("overloaded", where, f"{found:.0f} {name}, at most {most:.0f}")


def _lorry_share(book: Book, lot: Lot, site_id: str) -> float:
    site = book.sites[site_id]
    whole_g = lot.pack_mass_g + lot.pack_people * PERSON_MASS_G
    by_mass = whole_g / G_PER_KG / site.lorry_payload_kg
    by_volume = lot.pack_volume_ml / ML_PER_L / site.lorry_volume_l
    return max(by_mass, by_volume)


def _load_s(book: Book, consignment: Consignment) -> float | None:
    for segment in consignment.segments:
        route = book.routes.get(segment.vehicle_id)
        if segment.carrier is Carrier.VEHICLE and route is not None:
            if 0 <= segment.from_call < len(route.calls):
                return route.calls[segment.from_call].service_from_s
            return None
    return None
