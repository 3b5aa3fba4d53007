"""The earliest anything could arrive, if it had every vehicle and slot to itself."""

from u24.planning.kernels.compiling import entry, inner
from u24.planning.kernels.world import FAR


@entry
def open_starts(world, ways, slots, until, out):
    """First start at or after each tick with both ends of a way open.

    ``out`` (w, t + 2) comes in as FAR.
    """
    count = ways.ticks.shape[0]
    for w in range(count):
        c = ways.of_class[w]
        units = world.parking_units[c]
        from_site = world.pickup_site[ways.pickup[w]]
        to_site = world.drop_site[ways.drop[w]]
        for t in range(until, -1, -1):
            leave = t + world.load_ticks[c]
            land = leave + ways.ticks[w]
            done = land + world.unload_ticks[c]
            out[w, t] = out[w, t + 1]
            if done > until:
                continue
            clear = True
            for u in range(t, leave):
                if slots[from_site, u] < units:
                    clear = False
            for u in range(land, done):
                if slots[to_site, u] < units:
                    clear = False
            if clear:
                out[w, t] = t


@inner
def first_at_pickups(world, ways, chosen, c, x, opens, first):
    """Earliest tick of a vehicle at each pick-up, directly or after others; ``first`` (p,)."""
    pickups = world.pickup_site.shape[0]
    for p in range(pickups):
        first[p] = FAR
        if world.position_ticks[c, x, p] < FAR:
            first[p] = opens + world.position_ticks[c, x, p]
    changed = True
    while changed:
        changed = False
        for z in range(chosen.shape[0]):
            w = chosen[z]
            if first[ways.pickup[w]] >= FAR:
                continue
            done = first[ways.pickup[w]] + world.load_ticks[c] + ways.ticks[w]
            done += world.unload_ticks[c]
            at = world.drop_location[ways.drop[w]]
            for p in range(pickups):
                move = world.position_ticks[c, at, p]
                if move < FAR and done + move < first[p]:
                    first[p] = done + move
                    changed = True


@entry
def reach_by_fleet(world, ways, chosen, open_at, fleet, until, first, gain_out):
    """Raise ``gain_out`` (l, n) to what one fleet could make each arrival count.

    ``fleet`` is (class, location, opens, until, member); ``first`` (p,) is scratch.
    """
    c, x, opens, closes, member = fleet
    first_at_pickups(world, ways, chosen, c, x, opens, first)
    drops = world.drop_site.shape[0]
    for z in range(chosen.shape[0]):
        w = chosen[z]
        earliest = first[ways.pickup[w]]
        if earliest > until:
            continue
        g = ways.drop[w]
        pair = ways.pickup[w] * drops + g
        for o in range(world.option_start[pair], world.option_start[pair + 1]):
            lot = world.option_lot[o]
            n = world.option_need[o]
            if member >= 0 and world.lot_member[lot] != member:
                continue
            if (
                world.lot_pack_kg[lot] > ways.payload_kg[w]
                or world.lot_pack_l[lot] > world.volume_l[c]
                or world.lot_pack_people[lot] > world.seats[c]
            ):
                continue
            ready = max(earliest, world.option_ready[o])
            if ready > until:
                continue
            start = open_at[w, ready]
            if start >= FAR or start > world.option_expiry[o]:
                continue
            done = start + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
            if done > closes:
                continue
            worth = world.gain[n, done + world.onward_ticks[g, n]]
            if worth > gain_out[lot, n]:
                gain_out[lot, n] = worth
