"""The true optimum of very tiny worlds, by trying everything. Plain Python, no product code.

Model: every vehicle makes at most two sorties; a sortie loads at one hub at a whole tick,
flies to the one entry airport, unloads, and lorries go on at once; packs are whole.
"""

import itertools
import math
from dataclasses import dataclass

EARTH_KM = 6371.0088
EPS = 1e-9


@dataclass(frozen=True)
class Sortie:
    vehicle: int
    hub: str
    start: int
    leave: int
    land: int
    done: int
    payload_kg: float


def the_optimum(problem):
    """Share of the weighted need that the best plan on the grid meets by the first mark."""
    return _BruteForce(problem).best()


class _BruteForce:
    def __init__(self, problem):
        self.problem = problem
        self.tick = problem.tick_s
        self.sites = {s.site_id: s for s in problem.sites}
        self.classes = {c.class_id: c for c in problem.classes}
        self.limits = {x.vehicle_id: x for x in problem.vehicle_limits}
        self.road = {(r.from_site, r.to_site): r.duration_s for r in problem.roads}
        self.cover = {
            (m.lot_id, m.need_id): (m.factor_share, m.windows[0]) for m in problem.matches
        }
        (self.entry,) = [s for s in problem.sites if s.entry]
        self.weight = sum(n.weight for n in problem.needs)

    def best(self):
        routes = [self.routes(k) for k in range(len(self.problem.vehicles))]
        found = []
        for choice in itertools.product(*routes):
            sorties = [s for route in choice for s in route]
            if sorties and self.slots_hold(sorties):
                found.append((self.at_most(sorties), sorties))
        found.sort(key=lambda pair: -pair[0])
        best = 0.0
        for most, sorties in found:
            if most <= best + EPS:
                break
            best = max(best, self.best_load(sorties))
        return best

    # routes ------------------------------------------------------------------

    def routes(self, k):
        vehicle = self.problem.vehicles[k]
        opens = self.up(self.seconds(vehicle.available_at))
        closes = min(self.seconds(vehicle.until_at), self.problem.horizon_s) // self.tick
        firsts = self.sorties(k, vehicle.home_site, opens, closes)
        pairs = [
            (one, two)
            for one in firsts
            for two in self.sorties(k, self.entry.site_id, one.done, closes)
        ]
        return [(), *((one,) for one in firsts), *pairs]

    def sorties(self, k, stands_at, free, closes):
        out = []
        for hub in sorted({lot.site_id for lot in self.problem.lots}):
            move = self.fly(k, stands_at, hub)
            way = self.fly(k, hub, self.entry.site_id)
            payload_kg = self.payload_kg(k, hub)
            if move is None or way is None or payload_kg <= 0:
                continue
            of_class = self.class_of(k)
            for start in range(free + move, closes):
                leave = start + self.up(of_class.load_s)
                done = leave + way + self.up(of_class.unload_s)
                if done <= closes:
                    out.append(Sortie(k, hub, start, leave, leave + way, done, payload_kg))
        return out

    def fly(self, k, a, b):
        if a == b:
            return 0
        of_class, km = self.class_of(k), self.km(a, b)
        ends = (self.sites[a], self.sites[b])
        usable = all(s.runway_m >= of_class.min_runway_m for s in ends)
        if not usable or km > of_class.payload_points[-1][0]:
            return None
        return self.up(math.ceil(km / of_class.block_speed_kmh * 3600) + of_class.leg_fixed_s)

    def payload_kg(self, k, hub):
        km = self.km(hub, self.entry.site_id)
        points = self.class_of(k).payload_points
        if km <= points[0][0]:
            return points[0][1]
        for (near, more), (far, less) in itertools.pairwise(points):
            if km <= far:
                return math.floor(more + (less - more) * (km - near) / (far - near))
        return 0

    def slots_hold(self, sorties):
        used = {}
        for s in sorties:
            units = self.class_of(s.vehicle).parking_units
            stays = [(s.hub, s.start, s.leave), (self.entry.site_id, s.land, s.done)]
            for site_id, first, last in stays:
                for t in range(first, last):
                    used[(site_id, t)] = used.get((site_id, t), 0) + units
        return all(n <= self.slots_at(site_id, t) for (site_id, t), n in used.items())

    def slots_at(self, site_id, t):
        site = self.sites[site_id]
        begins, ends = t * self.tick, (t + 1) * self.tick
        changed = [c.slots for c in site.slot_changes if c.from_s < ends and begins < c.until_s]
        return min([site.slots, *changed])

    # loads -------------------------------------------------------------------

    def at_most(self, sorties):
        """Value if every lot rode whole with each sortie that may load it: never too low."""
        arrivals = {need.need_id: [] for need in self.problem.needs}
        for lot in self.problem.lots:
            for i, need_id in self.choices(lot, sorties):
                arrivals[need_id].append(
                    (self.arrive_s(sorties[i], need_id), self.units(lot, need_id) * lot.packs)
                )
        return self.value(arrivals)

    def best_load(self, sorties):
        ways = [list(self.splits(lot, sorties)) for lot in self.problem.lots]
        best = 0.0
        for load in itertools.product(*ways):
            value = self.value_of(load, sorties)
            if value > best + EPS and self.load_holds(load, sorties):
                best = value
        return best

    def choices(self, lot, sorties):
        """(number of the sortie, need) that this lot may take."""
        ready = self.up(self.seconds(lot.ready_at))
        for i, s in enumerate(sorties):
            vehicle = self.problem.vehicles[s.vehicle]
            own = self.limits[vehicle.vehicle_id].own_cargo_only
            if s.hub != lot.site_id or s.start < ready or (own and vehicle.member != lot.member):
                continue
            for need in self.problem.needs:
                if (lot.lot_id, need.need_id) not in self.cover:
                    continue
                _, (opens, closes) = self.cover[(lot.lot_id, need.need_id)]
                at = s.start * self.tick
                if self.seconds(opens) <= at and (closes is None or at < self.seconds(closes)):
                    yield i, need.need_id

    def splits(self, lot, sorties):
        """All ways to give the lot's packs to choices, in whole packs."""
        choices = list(self.choices(lot, sorties))
        for counts in itertools.product(range(lot.packs + 1), repeat=len(choices)):
            if sum(counts) <= lot.packs:
                yield tuple((c, n) for c, n in zip(choices, counts, strict=True) if n)

    def value_of(self, load, sorties):
        arrivals = {need.need_id: [] for need in self.problem.needs}
        for lot, split in zip(self.problem.lots, load, strict=True):
            for (i, need_id), packs in split:
                at = self.arrive_s(sorties[i], need_id)
                arrivals[need_id].append((at, packs * self.units(lot, need_id)))
        return self.value(arrivals)

    def load_holds(self, load, sorties):
        kg, litres = [0.0] * len(sorties), [0.0] * len(sorties)
        people = [0] * len(sorties)
        trips = {}
        for lot, split in zip(self.problem.lots, load, strict=True):
            one_kg = lot.pack_mass_g / 1000 + lot.pack_people * 100
            one_l = lot.pack_volume_ml / 1000
            share = max(one_kg / self.entry.lorry_payload_kg, one_l / self.entry.lorry_volume_l)
            for (i, need_id), packs in split:
                kg[i] += packs * one_kg
                litres[i] += packs * one_l
                people[i] += packs * lot.pack_people
                key = (sorties[i].done, need_id)
                trips[key] = trips.get(key, 0.0) + packs * share
        for i, s in enumerate(sorties):
            of_class = self.class_of(s.vehicle)
            most = (s.payload_kg, of_class.volume_l, of_class.seats)
            if any(a > b + EPS for a, b in zip((kg[i], litres[i], people[i]), most, strict=True)):
                return False
        out = {}
        for (done, need_id), share in trips.items():
            for t in range(done, done + 2 * self.up(self.onward_s(need_id))):
                out[t] = out.get(t, 0) + math.ceil(share - EPS)
        return all(n <= self.entry.lorries for n in out.values())

    # worth -------------------------------------------------------------------

    def value(self, arrivals):
        return (
            sum(need.weight * self.met(need, arrivals[need.need_id]) for need in self.problem.needs)
            / self.weight
        )

    def met(self, need, arrivals):
        due, deadline = self.seconds(need.due_at), self.seconds(need.deadline_at)
        mark = self.problem.worth.marks_s[0]
        rated = []
        for at, units in arrivals:
            if at <= min(mark, deadline):
                rated.append((1.0 if at <= due else (deadline - at) / (deadline - due), units))
        rated.sort(reverse=True)
        before = done = total = 0.0
        for worth, units in rated:
            done += units
            total += worth * (self.curve(need, done) - self.curve(need, before))
            before = done
        return total

    def curve(self, need, units):
        """What so many units of a need count: 60 % of them carry 80 %."""
        whole, shape = need.planned_units, self.problem.worth
        first = math.ceil(shape.first_amount_share * whole - EPS)
        if first == whole or shape.first_value_share * whole < first:
            return min(units, whole) / whole
        early = min(units, first) / first * shape.first_value_share
        late = min(max(units - first, 0), whole - first) / (whole - first)
        return early + late * (1 - shape.first_value_share)

    # words -------------------------------------------------------------------

    def arrive_s(self, sortie, need_id):
        return (sortie.done + self.up(self.onward_s(need_id))) * self.tick

    def onward_s(self, need_id):
        need = next(n for n in self.problem.needs if n.need_id == need_id)
        return self.road[(self.entry.site_id, need.place_id)]

    def units(self, lot, need_id):
        return lot.pack_units * self.cover[(lot.lot_id, need_id)][0]

    def class_of(self, k):
        return self.classes[self.problem.vehicles[k].class_id]

    def seconds(self, moment):
        return int((moment - self.problem.t0_at).total_seconds())

    def up(self, seconds):
        return max(0, -(-seconds // self.tick))

    def km(self, a, b):
        (la, oa), (lb, ob) = [
            (math.radians(self.sites[x].lat_deg), math.radians(self.sites[x].lon_deg))
            for x in (a, b)
        ]
        cosine = math.sin(la) * math.sin(lb) + math.cos(la) * math.cos(lb) * math.cos(oa - ob)
        return EARTH_KM * math.acos(min(1.0, cosine))
