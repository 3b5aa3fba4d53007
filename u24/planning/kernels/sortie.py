"""One sortie: when it can start, what it should carry, taking it and giving it back."""

import math

import numpy as np

from u24.planning.kernels.compiling import entry, inner
from u24.planning.kernels.world import FAR, MOST_LOADS

SMALL = 1e-6


@inner
def free_from(slots, site, start, length, units, limit):
    """First tick >= start from which ``length`` ticks have ``units`` slots; FAR if none."""
    run = 0
    t = start
    while t < limit:
        if slots[site, t] >= units:
            run += 1
            if run == length:
                return t - length + 1
        else:
            run = 0
        t += 1
    return FAR


@inner
def start_of(world, state, c, p, g, earliest, until):
    """First tick >= earliest at which loading, tech stop and unloading all find slots."""
    flight = np.int64(world.lane_ticks[c, p, g])
    load = np.int64(world.load_ticks[c])
    unload = np.int64(world.unload_ticks[c])
    units = np.int64(world.parking_units[c])
    stop = np.int64(world.stop_site[c, p, g])
    start = earliest
    while True:
        if start + load + flight + unload > until:
            return FAR
        site = np.int64(world.pickup_site[p])
        start = free_from(state.slots_left, site, start, load, units, until)
        if start + load + flight + unload > until:
            return FAR
        if stop >= 0:
            wanted = start + load + np.int64(world.stop_offset[c, p, g])
            found = free_from(
                state.slots_left, stop, wanted, np.int64(world.stop_ticks[c, p, g]), units, until
            )
            if found == FAR:
                return FAR
            if found != wanted:
                start += found - wanted
                continue
        wanted = start + load + flight
        site = np.int64(world.drop_site[g])
        found = free_from(state.slots_left, site, wanted, unload, units, until + 1)
        if found == FAR or found + unload > until:
            return FAR
        if found == wanted:
            return start
        start += found - wanted


@inner
def lorries_for(world, g, share):
    """Whole lorries for a share of lorry loads; the share rounds up, safely."""
    return np.int64(math.ceil(share - 1e-9))


@entry
def lorry_share(world, g, lot):
    """How much of one lorry a pack fills, by mass or by volume, whichever is more."""
    by_mass = world.lot_pack_kg[lot] / world.lorry_payload_kg[g]
    by_volume = world.lot_pack_l[lot] / world.lorry_volume_l[g]
    return max(by_mass, by_volume)


@inner
def fill(world, state, k, p, g, start, option_out, packs_out):
    """Greedy load of one sortie by value density. Returns (value, loss, count).

    The loss is what the packs would be worth more in their best use. State is unchanged.
    """
    c = np.int64(world.vehicle_class[k])
    member = world.vehicle_member[k]
    done = start + world.load_ticks[c] + world.lane_ticks[c, p, g] + world.unload_ticks[c]
    mass_left = world.lane_payload_kg[c, p, g]
    volume_left = world.volume_l[c]
    seats_left = world.seats[c]
    value = 0.0
    loss = 0.0
    count = 0
    pair = p * world.drop_site.shape[0] + g
    for z in range(world.option_start[pair], world.option_start[pair + 1]):
        o = world.option_order[c, z]
        if world.option_ready[o] > start or world.option_expiry[o] < start:
            continue
        lot = np.int64(world.option_lot[o])
        if state.lot_left[lot] < 1:
            continue
        n = world.option_need[o]
        e = world.option_segment[o]
        need = state.need_left[n, e]
        if need <= SMALL:
            continue
        if member >= 0 and world.lot_member[lot] != member:
            continue
        onward = world.onward_ticks[g, n]
        worth = world.gain[n, done + onward]
        if worth <= 0.0:
            continue
        cover = world.option_cover[o]
        most = math.floor(need / cover + SMALL)
        if most < 1:
            if need < world.segment_units[n, e] - SMALL:
                continue  # a part of a pack is left to the exact load
            most = 1  # one pack is more than the whole segment
        kg = world.lot_pack_kg[lot]
        litres = world.lot_pack_l[lot]
        people = world.lot_pack_people[lot]
        room = math.floor(min(mass_left / kg, volume_left / litres) + 1e-9)
        if people > 0:
            room = min(room, math.floor(seats_left / people + 1e-9))
        most = min(most, room, float(state.lot_left[lot]))
        if most < 1:
            continue
        packs = np.int64(most)
        if onward > 0:
            share = lorry_share(world, g, lot)
            before = 0.0
            for i in range(count):
                if world.option_need[option_out[i]] == n:
                    other = np.int64(world.option_lot[option_out[i]])
                    before += packs_out[i] * lorry_share(world, g, other)
            spare = NO_LORRY_LIMIT
            for t in range(done, done + 2 * onward):
                spare = min(spare, state.lorries_left[g, t])
            # lorries that other needs of this very sortie take in the same ticks
            for i in range(count):
                m = world.option_need[option_out[i]]
                if m == n:
                    continue
                first = True
                for h in range(i):
                    if world.option_need[option_out[h]] == m:
                        first = False
                if first:
                    total = 0.0
                    for h in range(i, count):
                        if world.option_need[option_out[h]] == m:
                            total += packs_out[h] * lorry_share(
                                world, g, np.int64(world.option_lot[option_out[h]])
                            )
                    spare -= lorries_for(world, g, total)
            packs = min(packs, np.int64(math.floor((spare - before) / share + 1e-9)))
            if packs < 1:
                continue
        counted = covered(world, o, packs)
        option_out[count] = o
        packs_out[count] = packs
        count += 1
        value += counted * world.segment_value[n, e] * worth
        loss += packs * world.option_loss[o]
        state.need_left[n, e] -= counted
        state.lot_left[lot] -= packs
        mass_left -= packs * kg
        volume_left -= packs * litres
        seats_left -= packs * people
        if count >= MOST_LOADS:
            break
        if mass_left < 1.0 or volume_left < 1.0:
            break
    for i in range(count):
        o = np.int64(option_out[i])
        n = world.option_need[o]
        e = world.option_segment[o]
        state.need_left[n, e] += covered(world, o, np.int64(packs_out[i]))
        state.lot_left[world.option_lot[o]] += packs_out[i]
    return value, loss, count


NO_LORRY_LIMIT = 1_000_000


@inner
def covered(world, o, packs):
    """Units of its segment that ``packs`` of an option cover; never more than the segment."""
    return min(
        packs * world.option_cover[o],
        world.segment_units[world.option_need[o], world.option_segment[o]],
    )


@entry
def take(world, state, k, j, sign):
    """Take (sign 1) or give back (sign -1) sortie ``j`` of vehicle ``k``; returns its value."""
    c = np.int64(world.vehicle_class[k])
    p = np.int64(state.pickup[k, j])
    g = np.int64(state.drop[k, j])
    start = np.int64(state.start[k, j])
    units = sign * world.parking_units[c]
    load = world.load_ticks[c]
    flight = world.lane_ticks[c, p, g]
    for t in range(start, start + load):
        state.slots_left[world.pickup_site[p], t] -= units
    stop = np.int64(world.stop_site[c, p, g])
    if stop >= 0:
        first = start + load + world.stop_offset[c, p, g]
        for t in range(first, first + world.stop_ticks[c, p, g]):
            state.slots_left[stop, t] -= units
    landed = start + load + flight
    done = landed + world.unload_ticks[c]
    for t in range(landed, done):
        state.slots_left[world.drop_site[g], t] -= units
    value = 0.0
    for i in range(state.loads[k, j]):
        o = np.int64(state.load_option[k, j, i])
        packs = np.int64(state.load_packs[k, j, i])
        n = world.option_need[o]
        e = world.option_segment[o]
        onward = world.onward_ticks[g, n]
        units_covered = covered(world, o, packs)
        state.need_left[n, e] -= sign * units_covered
        state.lot_left[world.option_lot[o]] -= sign * packs
        value += units_covered * world.segment_value[n, e] * world.gain[n, done + onward]
        if onward > 0:
            first_of_need = True
            for h in range(i):
                if world.option_need[state.load_option[k, j, h]] == n:
                    first_of_need = False
            if first_of_need:
                share = 0.0
                for h in range(i, state.loads[k, j]):
                    other = state.load_option[k, j, h]
                    if world.option_need[other] == n:
                        share += state.load_packs[k, j, h] * lorry_share(
                            world, g, np.int64(world.option_lot[other])
                        )
                lorries = sign * lorries_for(world, g, share)
                for t in range(done, done + 2 * onward):
                    state.lorries_left[g, t] -= lorries
    return value


@inner
def end_of(world, state, k):
    """Where vehicle ``k`` stands after its last sortie, and from which tick on."""
    last = np.int64(state.sorties[k]) - 1
    if last < 0:
        return np.int64(world.vehicle_location[k]), np.int64(world.vehicle_from[k])
    c = np.int64(world.vehicle_class[k])
    p = np.int64(state.pickup[k, last])
    g = np.int64(state.drop[k, last])
    t = state.start[k, last] + world.load_ticks[c] + world.lane_ticks[c, p, g]
    return np.int64(world.drop_location[g]), np.int64(t + world.unload_ticks[c])


@inner
def best_next(world, state, k, alpha, keep, waits, thrift, option_out, packs_out):
    """Best next sortie of vehicle ``k``: (score, pick-up, drop, start); score 0 if none.

    The score is the value less ``thrift`` times the loss, over the time it takes to the
    power ``alpha``. A lane is looked at with chance ``keep``; so many starts as ``waits``
    are tried, the earliest and those at which more is ready to load.
    """
    x, now = end_of(world, state, k)
    c = np.int64(world.vehicle_class[k])
    until = min(np.int64(world.vehicle_until[k]), np.int64(world.ticks))
    signature = world.vehicle_signature[k]
    best = 0.0
    best_p = -1
    best_g = -1
    best_start = -1
    for z in range(world.lane_start[signature], world.lane_start[signature + 1]):
        p = np.int64(world.lane_pickup[z])
        g = np.int64(world.lane_drop[z])
        if not world.lane_open[z] or (keep < 1.0 and np.random.random() > keep):
            continue
        move = np.int64(world.position_ticks[c, x, p])
        if move >= FAR:
            continue
        earliest = now + move
        tried = 0
        event = world.ready_start[p]
        while tried < waits:
            start = start_of(world, state, c, p, g, earliest, until)
            if start >= FAR:
                break
            value, loss, _ = fill(world, state, k, p, g, start, option_out, packs_out)
            value -= thrift * loss
            if value > 0.0:
                tried += 1
                done = start + world.load_ticks[c] + world.lane_ticks[c, p, g]
                done += world.unload_ticks[c]
                score = value / (done - now + 4.0) ** alpha
                if score > best:
                    best = score
                    best_p = p
                    best_g = g
                    best_start = start
            # nothing changes until more is ready at this pick-up
            while event < world.ready_start[p + 1] and world.ready_tick[event] <= start:
                event += 1
            if event == world.ready_start[p + 1]:
                break
            earliest = np.int64(world.ready_tick[event])
    return best, best_p, best_g, best_start


@inner
def add_sortie(world, state, k, p, g, start):
    """Append a freshly filled sortie to vehicle ``k``; returns its value."""
    j = np.int64(state.sorties[k])
    state.pickup[k, j] = p
    state.drop[k, j] = g
    state.start[k, j] = start
    _, _, count = fill(
        world, state, k, p, g, start, state.load_option[k, j], state.load_packs[k, j]
    )
    state.loads[k, j] = count
    state.sorties[k] = j + 1
    return take(world, state, k, j, np.int64(1))
