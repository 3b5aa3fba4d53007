"""A large synthetic answer, for the layout and the clock."""

from dataclasses import replace

from tests.report.a_case import a_lot, a_need, a_vehicle, at
from tests.report.an_answer import a_consignment, a_route, an_answer
from u24.domain.answer import Answer
from u24.domain.match import Match
from u24.domain.places import Place
from u24.domain.plan import Plan
from u24.domain.problem import Site


def a_large_answer(vehicles: int = 60) -> Answer:
    """Many aircraft of many members from far away, for the layout and the clock."""
    small = an_answer()
    cities = (
        ("OTP", "ROU"),
        ("CGN", "DEU"),
        ("MAD", "ESP"),
        ("ESB", "TUR"),
        ("IAD", "USA"),
        ("NRT", "JPN"),
        ("MEX", "MEX"),
        ("GYD", "AZE"),
        ("TLV", "ISR"),
        ("DEL", "IND"),
        ("CPH", "DNK"),
        ("FCO", "ITA"),
        ("ATH", "GRC"),
        ("DOH", "QAT"),
        ("SIN", "SGP"),
        ("KHI", "PAK"),
    )
    where = {
        "IAD": ("Washington Dulles", "USA", 38.9445, -77.4558),
        "NRT": ("Tokyo Narita", "JPN", 35.7647, 140.3864),
        "MEX": ("Mexico City", "MEX", 19.4363, -99.0721),
        "GYD": ("Baku", "AZE", 40.4675, 50.0467),
        "TLV": ("Tel Aviv Ben Gurion", "ISR", 32.0114, 34.8867),
        "DEL": ("Delhi", "IND", 28.5665, 77.1031),
        "CPH": ("Copenhagen", "DNK", 55.6179, 12.656),
        "FCO": ("Rome Fiumicino", "ITA", 41.8003, 12.2389),
        "ATH": ("Athens", "GRC", 37.9364, 23.9445),
        "DOH": ("Doha", "QAT", 25.2731, 51.6081),
        "SIN": ("Singapore", "SGP", 1.3502, 103.994),
        "KHI": ("Karachi", "PAK", 24.9065, 67.1608),
    }
    more = tuple(
        Site(site_id=c, name=n, country=i, lat_deg=lat, lon_deg=lon, runway_m=3500)
        for c, (n, i, lat, lon) in where.items()
    )
    towns = (
        ("adiyaman", "Adıyaman", 37.7648, 38.2786),
        ("malatya", "Malatya", 38.3552, 38.3095),
        ("osmaniye", "Osmaniye", 37.0742, 36.2478),
        ("nurdagi", "Nurdağı", 37.1789, 36.7397),
        ("pazarcik", "Pazarcık", 37.4850, 37.2986),
        ("elbistan", "Elbistan", 38.2059, 37.1983),
        ("golbasi", "Gölbaşı", 37.7836, 37.6369),
        ("iskenderun", "İskenderun", 36.5872, 36.1735),
        ("samandag", "Samandağ", 36.0850, 35.9806),
        ("kirikhan", "Kırıkhan", 36.4993, 36.3576),
        ("turkoglu", "Türkoğlu", 37.3879, 36.8483),
        ("besni", "Besni", 37.6928, 37.8611),
    )
    town_sites = tuple(
        Site(site_id=p, name=n, country="TUR", lat_deg=lat, lon_deg=lon) for p, n, lat, lon in towns
    )
    places = small.case.places + tuple(
        Place(place_id=p, name=n, country="TUR", lat_deg=lat, lon_deg=lon)
        for p, n, lat, lon in towns
    )
    needs = tuple(
        a_need(
            f"n-{p.place_id}-{kind}",
            place_id=p.place_id,
            kind=kind,
            planned_units=units,
            weight=1.0 + i % 5,
        )
        for i, p in enumerate(places)
        for kind, units in (("usar_heavy", 3), ("tent_winter_family", 600), ("blanket", 5000))
    )
    fleet, routes, lots, consignments = [], [], [], []
    for i in range(vehicles):
        origin, member = cities[i % len(cities)]
        vid = f"{member.lower()}-c130-{i:03d}"
        far = origin in {"IAD", "NRT", "MEX", "SIN"}
        fleet.append(a_vehicle(vid, member, origin))
        route = a_route(
            vid,
            origin,
            ("ADA", "GZT")[i % 2],
            3 + (i * 7 % 13),
            11 if far else 3 + i % 3,
            1 if far else 4,
        )
        routes.append(route)
        for sortie in range(1 if far else 4):
            kind = ("usar_heavy", "tent_winter_family", "blanket")[(i + sortie) % 3]
            lot = a_lot(
                f"{vid}-{sortie}",
                member=member,
                kind=kind,
                site_id=origin,
                pack_people=60 if kind == "usar_heavy" else 0,
                pack_units=1 if kind == "usar_heavy" else 200,
            )
            mine = [n for n in needs if n.kind == kind]
            lots.append(lot)
            consignments.append(
                a_consignment(
                    lot, mine[(i * 3 + sortie) % len(mine)], 1, route, sortie, 1.5 + i % 4
                )
            )
    matches = tuple(
        Match(lot_id=lot.lot_id, need_id=need.need_id, factor_share=1.0, windows=((at(0), None),))
        for lot in lots
        for need in needs
        if lot.kind == need.kind
    )
    case = replace(small.case, places=places, lots=tuple(lots), vehicles=tuple(fleet), needs=needs)
    problem = replace(
        small.problem,
        sites=(*small.problem.sites, *more, *town_sites),
        vehicles=tuple(fleet),
        lots=tuple(lots),
        needs=needs,
        matches=matches,
    )
    planned = replace(
        small.planned,
        plan=Plan(routes=tuple(routes), consignments=tuple(consignments)),
        shortages=(),
        stayed=(),
    )
    return replace(small, case=case, needs=needs, problem=problem, planned=planned, non_matches=())
