"""Pricing for the bound: the best any vehicle could earn at given prices.

Every figure here is an upper bound on what a real sortie or route can earn: loads are
relaxed (a surrogate of mass, volume and seats; small packs in fractions, big packs whole
but rounded down), lots and needs may be used again on the next sortie of a route. The bound
is therefore valid at any prices; better prices make it tighter.
"""

from typing import NamedTuple

import numpy as np

from u24.planning.kernels.compiling import entry, inner
from u24.planning.kernels.sortie import lorry_share
from u24.planning.kernels.world import FAR, Flags, Floats, Ints

BUCKETS = 40  # of the capacity, for packs that fill much of it
BIG_SHARE = 0.12  # a pack that fills more than this is not cut
# weights of mass, volume and seats in the surrogate; the least over all of them counts
MIXES = np.array(
    [
        [0.50, 0.50, 0.00],
        [1.00, 0.00, 0.00],
        [0.00, 1.00, 0.00],
        [0.75, 0.25, 0.00],
        [0.25, 0.75, 0.00],
        [0.00, 0.00, 1.00],
        [0.40, 0.40, 0.20],
    ]
)
NOTHING = 1e-12


class Ways(NamedTuple):
    """All ways to carry cargo, directly or by a tech stop; ``w`` is a way."""

    of_class: Ints  # (w,)
    pickup: Ints
    drop: Ints
    ticks: Ints
    payload_kg: Floats


class Prices(NamedTuple):
    """What one more unit of each scarce thing would be worth; all 0 or more."""

    need: Floats  # (n, 2) per unit of need
    lot: Floats  # (l,) per pack
    slot: Floats  # (sites, t + 1) summed up to each tick, per parking unit
    lorry: Floats  # (g, t + 1) summed up to each tick, per lorry
    shut: Ints  # (sites, t + 1) ticks without any slot, summed up to each tick


class Bench(NamedTuple):
    """Scratch space of one pricing."""

    density: Floats
    amount: Floats
    order: Ints
    small_option: Ints
    small_size: Floats
    big_value: Floats
    big_buckets: Ints
    big_lot: Ints
    big_need: Ints
    small_table: Floats
    whole_table: Floats
    lot_left: Floats
    taken: Flags  # (items, buckets)
    item: Ints


@inner
def lorry_cost(world, prices, g, n, lot, done):
    """Price of the lorries that take one pack onward and return; shares, not whole lorries."""
    onward = world.onward_ticks[g, n]
    if onward == 0:
        return 0.0
    rate = prices.lorry[g, done + 2 * onward] - prices.lorry[g, done]
    if rate <= 0.0:
        return 0.0
    return rate * lorry_share(world, g, lot)


@inner
def best_cover(world, prices, n, worth, cover):
    """Best reduced value of ``cover`` units for one need: the dearer segment first."""
    first = world.segment_value[n, 0] * worth - prices.need[n, 0]
    rest = world.segment_value[n, 1] * worth - prices.need[n, 1]
    dear = 0 if first >= rest else 1
    used = min(cover, world.segment_units[n, dear])
    left = min(cover - used, world.segment_units[n, 1 - dear])
    return used * max(first, rest, 0.0) + left * max(min(first, rest), 0.0)


@inner
def gather(world, ways, prices, lot_packs, w, start, member, mix, bench):
    """Collect the options worth carrying: (small options, big items), in ``bench``.

    A big item is one lot with the need where one pack earns most.
    """
    c = np.int64(ways.of_class[w])
    p = np.int64(ways.pickup[w])
    g = np.int64(ways.drop[w])
    payload = ways.payload_kg[w]
    volume = world.volume_l[c]
    seats = world.seats[c]
    done = start + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
    pair = p * world.drop_site.shape[0] + g
    n_small = 0
    n_big = 0
    now_lot = -1
    now_need = -1
    now_value = 0.0
    now_buckets = 0
    for o in range(world.option_start[pair], world.option_start[pair + 1] + 1):
        last = o == world.option_start[pair + 1]
        lot = -1
        n = -1
        size = 0.0
        if not last:
            if world.option_ready[o] > start or world.option_expiry[o] < start:
                continue
            lot = np.int64(world.option_lot[o])
            if lot_packs[lot] < 1 or (member >= 0 and world.lot_member[lot] != member):
                continue
            kg = world.lot_pack_kg[lot]
            litres = world.lot_pack_l[lot]
            people = world.lot_pack_people[lot]
            if kg > payload or litres > volume or people > seats:
                continue
            n = np.int64(world.option_need[o])
            size = MIXES[mix, 0] * kg / payload + MIXES[mix, 1] * litres / volume
            if seats > 0:
                size += MIXES[mix, 2] * people / seats
        if last or (size > BIG_SHARE and (lot != now_lot or n != now_need)):
            if now_lot >= 0 and now_value > NOTHING:
                if n_big > 0 and bench.big_lot[n_big - 1] == now_lot:
                    if now_value > bench.big_value[n_big - 1]:
                        bench.big_value[n_big - 1] = now_value
                        bench.big_need[n_big - 1] = now_need
                else:
                    bench.big_value[n_big] = now_value
                    bench.big_need[n_big] = now_need
                    bench.big_lot[n_big] = now_lot
                    bench.big_buckets[n_big] = now_buckets
                    n_big += 1
            if last:
                break
            now_lot = lot
            now_need = n
            now_value = -prices.lot[lot] - lorry_cost(world, prices, g, n, lot, done)
            now_buckets = np.int64(np.floor(size * BUCKETS + 1e-9))
        e = world.option_segment[o]
        units = world.segment_units[n, e]
        worth = world.gain[n, done + world.onward_ticks[g, n]]
        unit_value = world.segment_value[n, e] * worth - prices.need[n, e]
        cover = world.option_cover[o]
        if size > BIG_SHARE:
            if e == 0:
                now_value += best_cover(world, prices, n, worth, cover)
            continue
        value = cover * unit_value - prices.lot[lot]
        if value > NOTHING:
            value -= lorry_cost(world, prices, g, n, lot, done)
        if units <= 0.0 or value <= NOTHING:
            continue
        bench.small_option[n_small] = o
        bench.small_size[n_small] = max(size, 1e-9)
        bench.density[n_small] = value / bench.small_size[n_small]
        bench.amount[n_small] = min(units / cover, float(lot_packs[lot]))
        n_small += 1
    return n_small, n_big


@inner
def sort_by_density(bench, count):
    """Order the small options by falling density (insertion sort: lists are short)."""
    for i in range(count):
        j = i
        while j > 0 and bench.density[bench.order[j - 1]] < bench.density[i]:
            bench.order[j] = bench.order[j - 1]
            j -= 1
        bench.order[j] = i


@inner
def fill_small(world, lot_packs, bench, count):
    """Best value of small packs, in fractions, for each whole number of buckets."""
    table = bench.small_table
    for i in range(count):
        lot = world.option_lot[bench.small_option[i]]
        bench.lot_left[lot] = float(lot_packs[lot])
    full = 0.0  # capacity used, in buckets
    value = 0.0
    b = 0
    table[0] = 0.0
    for z in range(count):
        i = bench.order[z]
        lot = world.option_lot[bench.small_option[i]]
        packs = min(bench.amount[i], bench.lot_left[lot])
        if packs <= 0.0:
            continue
        bench.lot_left[lot] -= packs
        size = packs * bench.small_size[i] * BUCKETS
        rate = bench.density[i] / BUCKETS
        while b < BUCKETS and full + size >= b + 1:
            part = b + 1 - full
            value += part * rate
            size -= part
            b += 1
            full = float(b)
            table[b] = value
        if b >= BUCKETS:
            return
        value += size * rate
        full += size
    for i in range(b + 1, BUCKETS + 1):
        table[i] = value


@inner
def best_load(world, ways, prices, lot_packs, w, start, member, mix, bench):
    """Upper bound of the reduced value of one load at one mix."""
    n_small, n_big = gather(world, ways, prices, lot_packs, w, start, member, mix, bench)
    sort_by_density(bench, n_small)
    fill_small(world, lot_packs, bench, n_small)
    best = bench.small_table[BUCKETS]
    if n_big == 0:
        return best
    whole = bench.whole_table
    for b in range(BUCKETS + 1):
        whole[b] = 0.0
    for i in range(n_big):
        size = bench.big_buckets[i]
        value = bench.big_value[i]
        copies = min(lot_packs[bench.big_lot[i]], BUCKETS // size)
        for _ in range(copies):
            for b in range(BUCKETS, size - 1, -1):
                if whole[b - size] + value > whole[b]:
                    whole[b] = whole[b - size] + value
    for b in range(BUCKETS + 1):
        if whole[b] + bench.small_table[BUCKETS - b] > best:
            best = whole[b] + bench.small_table[BUCKETS - b]
    return best


@entry
def trace_load(world, ways, prices, lot_packs, w, start, member, mix, bench, out):
    """The load behind ``best_load``. ``out`` is (lots, needs, segments, packs, units) arrays.

    Returns how many rows were written. A row with segment -1 counts packs of a lot only.
    """
    out_lot, out_need, out_segment, out_packs, out_units, out_value = out
    n_small, n_big = gather(world, ways, prices, lot_packs, w, start, member, mix, bench)
    sort_by_density(bench, n_small)
    fill_small(world, lot_packs, bench, n_small)
    c = ways.of_class[w]
    g = ways.drop[w]
    done = start + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
    rows = 0
    items = 0
    whole = bench.whole_table
    for b in range(BUCKETS + 1):
        whole[b] = 0.0
    for i in range(n_big):
        size = bench.big_buckets[i]
        copies = min(lot_packs[bench.big_lot[i]], BUCKETS // size)
        for _ in range(copies):
            bench.item[items] = i
            for b in range(BUCKETS + 1):
                bench.taken[items, b] = False
            for b in range(BUCKETS, size - 1, -1):
                if whole[b - size] + bench.big_value[i] > whole[b]:
                    whole[b] = whole[b - size] + bench.big_value[i]
                    bench.taken[items, b] = True
            items += 1
    at = 0
    best = -1.0
    for b in range(BUCKETS + 1):
        if whole[b] + bench.small_table[BUCKETS - b] > best:
            best = whole[b] + bench.small_table[BUCKETS - b]
            at = b
    small_room = float(BUCKETS - at)
    pair = ways.pickup[w] * world.drop_site.shape[0] + g
    for z in range(items - 1, -1, -1):
        if not bench.taken[z, at]:
            continue
        i = bench.item[z]
        at -= bench.big_buckets[i]
        lot = bench.big_lot[i]
        n = bench.big_need[i]
        out_lot[rows] = lot
        out_need[rows] = n
        out_segment[rows] = -1
        out_packs[rows] = 1.0
        out_units[rows] = 0.0
        out_value[rows] = 0.0
        rows += 1
        cover = 0.0
        for o in range(world.option_start[pair], world.option_start[pair + 1]):
            if world.option_lot[o] == lot and world.option_need[o] == n:
                cover = world.option_cover[o]
        worth = world.gain[n, done + world.onward_ticks[g, n]]
        first = world.segment_value[n, 0] * worth - prices.need[n, 0]
        rest = world.segment_value[n, 1] * worth - prices.need[n, 1]
        dear = 0 if first >= rest else 1
        for turn in range(2):
            e = dear if turn == 0 else 1 - dear
            units = min(cover, world.segment_units[n, e])
            unit_value = first if e == 0 else rest
            if unit_value > 0.0 and units > 0.0:
                out_lot[rows] = lot
                out_need[rows] = n
                out_segment[rows] = e
                out_packs[rows] = 0.0
                out_units[rows] = units
                out_value[rows] = units * world.segment_value[n, e] * worth
                rows += 1
            cover -= units
    for i in range(n_small):
        lot = world.option_lot[bench.small_option[i]]
        bench.lot_left[lot] = float(lot_packs[lot])
    for z in range(n_small):
        i = bench.order[z]
        o = bench.small_option[i]
        lot = world.option_lot[o]
        packs = min(bench.amount[i], bench.lot_left[lot])
        packs = min(packs, small_room / (bench.small_size[i] * BUCKETS))
        if packs <= 1e-9:
            continue
        bench.lot_left[lot] -= packs
        small_room -= packs * bench.small_size[i] * BUCKETS
        n = world.option_need[o]
        e = world.option_segment[o]
        worth = world.gain[n, done + world.onward_ticks[g, n]]
        units = packs * world.option_cover[o]
        out_lot[rows] = lot
        out_need[rows] = n
        out_segment[rows] = e
        out_packs[rows] = packs
        out_units[rows] = units
        out_value[rows] = units * world.segment_value[n, e] * worth
        rows += 1
    return rows


@inner
def loads_change(world, ways, prices, w, start):
    """Whether the options of way ``w`` differ between a start at ``start`` and one before."""
    c = ways.of_class[w]
    g = ways.drop[w]
    if prices.lorry[g, prices.lorry.shape[1] - 1] > 0.0:
        return True
    pair = ways.pickup[w] * world.drop_site.shape[0] + g
    done = start + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
    for o in range(world.option_start[pair], world.option_start[pair + 1]):
        if world.option_ready[o] == start or world.option_expiry[o] == start - 1:
            return True
        n = world.option_need[o]
        at = done + world.onward_ticks[g, n]
        if world.gain[n, at] != world.gain[n, at - 1]:
            return True
    return False


@entry
def slot_cost(world, ways, prices, w, start):
    """Price of the parking slots of one sortie; -1 where a slot is shut."""
    c = ways.of_class[w]
    from_site = world.pickup_site[ways.pickup[w]]
    to_site = world.drop_site[ways.drop[w]]
    leave = start + world.load_ticks[c]
    land = leave + ways.ticks[w]
    done = land + world.unload_ticks[c]
    if prices.shut[from_site, leave] > prices.shut[from_site, start]:
        return -1.0
    if prices.shut[to_site, done] > prices.shut[to_site, land]:
        return -1.0
    return world.parking_units[c] * (
        prices.slot[from_site, leave]
        - prices.slot[from_site, start]
        + prices.slot[to_site, done]
        - prices.slot[to_site, land]
    )


@entry
def price_ways(world, ways, prices, lot_packs, chosen, member, last_tick, bench, mix_of, value):
    """Upper bound of the reduced value of every chosen way at every start.

    ``value`` (w, t) gets the bound minus the price of slots, or -1e18 where the way is shut.
    ``mix_of`` (w,) says by which mix; any mix gives a valid bound.
    """
    for z in range(chosen.shape[0]):
        w = np.int64(chosen[z])
        c = ways.of_class[w]
        whole = world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
        gross = 0.0
        known = False
        for start in range(last_tick + 1):
            value[w, start] = -1e18
            if start + whole > last_tick:
                continue
            if known and loads_change(world, ways, prices, w, start):
                known = False
            cost = slot_cost(world, ways, prices, w, start)
            if cost < 0.0:
                continue
            if not known:
                gross = best_load(
                    world, ways, prices, lot_packs, w, start, member, np.int64(mix_of[w]), bench
                )
                known = True
            value[w, start] = gross - cost


@entry
def best_mix(world, ways, prices, lot_packs, w, start, member, bench):
    """The mix that bounds this load lowest, and that bound before the price of slots."""
    best = 0
    least = 1e18
    for m in range(MIXES.shape[0]):
        v = best_load(world, ways, prices, lot_packs, w, start, member, m, bench)
        if v < least - NOTHING:
            least = v
            best = m
    return best, least


@entry
def best_routes(world, ways, chosen, value, until, after, start_value, start_way, used, reached):
    """Backward over time: the best a vehicle can still earn.

    ``after`` (g, t): standing unloaded at drop g at tick t. ``start_value`` and
    ``start_way`` (p, t): beginning to load at pick-up p at tick t, and by which way. All
    three come in empty (0, 0, -1), as do ``used`` (p,) and ``reached`` (g,).
    """
    drops = world.drop_site.shape[0]
    pickups = world.pickup_site.shape[0]
    if chosen.shape[0] == 0:
        return
    c = np.int64(ways.of_class[chosen[0]])
    for z in range(chosen.shape[0]):
        used[ways.pickup[chosen[z]]] = True
        reached[ways.drop[chosen[z]]] = True
    for t in range(until, -1, -1):
        for g in range(drops):
            if not reached[g]:
                continue
            best = after[g, t + 1] if t < until else 0.0
            x = world.drop_location[g]
            for p in range(pickups):
                if not used[p]:
                    continue
                move = world.position_ticks[c, x, p]
                if move < FAR and move > 0 and t + move <= until:
                    best = max(best, start_value[p, t + move])
            after[g, t] = best
        for z in range(chosen.shape[0]):
            w = np.int64(chosen[z])
            if value[w, t] <= -1e17:
                continue
            p = ways.pickup[w]
            g = ways.drop[w]
            done = t + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
            if done > until:
                continue
            total = value[w, t] + after[g, done]
            if total > start_value[p, t]:
                start_value[p, t] = total
                start_way[p, t] = w
        # a drop that is also a pick-up: loading may begin in this very tick
        for g in range(drops):
            if not reached[g]:
                continue
            x = world.drop_location[g]
            for p in range(pickups):
                if used[p] and world.position_ticks[c, x, p] == 0:
                    after[g, t] = max(after[g, t], start_value[p, t])


@entry
def best_start(world, c, x, opens, until, start_value):
    """Best (value, pick-up, tick) for a vehicle of class ``c`` that stands at ``x``."""
    best = 0.0
    best_p = -1
    best_t = -1
    for p in range(world.pickup_site.shape[0]):
        move = world.position_ticks[c, x, p]
        if move >= FAR:
            continue
        for t in range(opens + move, until + 1):
            if start_value[p, t] > best + 1e-15:
                best = start_value[p, t]
                best_p = p
                best_t = t
    return best, best_p, best_t
