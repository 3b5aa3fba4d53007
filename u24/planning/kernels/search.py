"""Greedy insertion and large neighbourhood search over whole vehicles."""

import math

import numpy as np

from u24.planning.kernels.compiling import entry, inner
from u24.planning.kernels.sortie import add_sortie, best_next, fill, start_of, take
from u24.planning.kernels.world import FAR

WISH_SHARE = 0.3  # of the rounds
MOST_REBUILT = 5  # vehicles in one round
MOST_CHANGED = 24  # vehicles for one wish
AT_RANDOM, BY_PICKUP, BY_DROP, BY_NEED = 0, 1, 2, 3


@entry
def insert_greedily(world, state, count, alpha, keep, waits, noise, lead, thrift, scratch):
    """Give the chosen vehicles their best next sorties, best first; returns the value won.

    The score of the first chosen is ``lead`` times as high, so that it may go before others.

    A candidate is looked at again only when it comes to the top (lazy greedy): others may
    have taken its slot or its cargo meanwhile.
    """
    score = scratch.score
    candidate = scratch.candidate
    fresh = scratch.fresh
    option_out = scratch.option_out
    packs_out = scratch.packs_out
    chosen = scratch.chosen
    most = state.pickup.shape[1]
    won = 0.0
    for i in range(count):
        k = np.int64(chosen[i])
        score[k] = 0.0
        fresh[k] = True
        if state.sorties[k] < most:
            s, p, g, start = best_next(
                world, state, k, alpha, keep, waits, thrift, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            if k == chosen[0]:
                score[k] *= lead
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
    while True:
        best = np.int64(-1)
        top = 1e-15
        second = 0.0
        for i in range(count):
            k = np.int64(chosen[i])
            if score[k] > top:
                second = top
                top = score[k]
                best = k
            elif score[k] > second:
                second = score[k]
        if best < 0:
            return won
        k = best
        if not fresh[k]:
            s, p, g, start = best_next(
                world, state, k, alpha, keep, waits, thrift, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            if k == chosen[0]:
                score[k] *= lead
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
            fresh[k] = True
            if score[k] < second or s <= 0.0:
                continue
        won += add_sortie(
            world,
            state,
            k,
            np.int64(candidate[k, 0]),
            np.int64(candidate[k, 1]),
            np.int64(candidate[k, 2]),
        )
        for i in range(count):
            fresh[chosen[i]] = False
        score[k] = 0.0
        if state.sorties[k] < most:
            s, p, g, start = best_next(
                world, state, k, alpha, keep, waits, thrift, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            if k == chosen[0]:
                score[k] *= lead
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
            fresh[k] = True


@entry
def copy_routes(source, target):
    """Copy every route and load from one state to another; what is left is not copied."""
    for k in range(source.sorties.shape[0]):
        copy_route(source, target, k)


@inner
def copy_route(source, target, k):
    """Copy the route and loads of one vehicle."""
    target.sorties[k] = source.sorties[k]
    for j in range(source.sorties[k]):
        target.pickup[k, j] = source.pickup[k, j]
        target.drop[k, j] = source.drop[k, j]
        target.start[k, j] = source.start[k, j]
        target.loads[k, j] = source.loads[k, j]
        for m in range(source.loads[k, j]):
            target.load_option[k, j, m] = source.load_option[k, j, m]
            target.load_packs[k, j, m] = source.load_packs[k, j, m]


@inner
def serves(world, state, k, way, p, g, n):
    """Whether vehicle ``k`` shares the pick-up, the drop or the need, as ``way`` says."""
    for j in range(state.sorties[k]):
        if way == BY_PICKUP and state.pickup[k, j] == p:
            return True
        if way == BY_DROP and state.drop[k, j] == g:
            return True
        if way == BY_NEED:
            for i in range(state.loads[k, j]):
                if world.option_need[state.load_option[k, j, i]] == n:
                    return True
    return False


@inner
def uses_slots(world, state, k, p, g, start, c):
    """Whether vehicle ``k`` is served where and when a wished sortie would be."""
    leave = start + world.load_ticks[c]
    land = leave + world.lane_ticks[c, p, g]
    done = land + world.unload_ticks[c]
    d = np.int64(world.vehicle_class[k])
    for j in range(state.sorties[k]):
        q = state.pickup[k, j]
        h = state.drop[k, j]
        begin = state.start[k, j]
        loaded = begin + world.load_ticks[d]
        landed = loaded + world.lane_ticks[d, q, h]
        if h == g and landed < done and landed + world.unload_ticks[d] > land:
            return True
        if q == p and begin < leave and loaded > start:
            return True
    return False


@inner
def serves_marked(world, state, k, first, marked):
    """Whether vehicle ``k`` carries anything for a marked need, from sortie ``first`` on."""
    for j in range(first, np.int64(state.sorties[k])):
        for i in range(state.loads[k, j]):
            if marked[world.option_need[state.load_option[k, j, i]]]:
                return True
    return False


@inner
def unload_marked(world, state, k, first, marked):
    """Take the loads for marked needs off the sorties of ``k``; returns the value lost."""
    lost = 0.0
    for j in range(first, np.int64(state.sorties[k])):
        lost += take(world, state, k, j, np.int64(-1))
        kept = 0
        for i in range(state.loads[k, j]):
            o = state.load_option[k, j, i]
            if not marked[world.option_need[o]]:
                state.load_option[k, j, kept] = o
                state.load_packs[k, j, kept] = state.load_packs[k, j, i]
                kept += 1
        state.loads[k, j] = kept
        lost -= take(world, state, k, j, np.int64(1))
    return lost


@inner
def refill(world, state, k, first):
    """Load the sorties of ``k`` anew with what is left; returns the value won."""
    won = 0.0
    for j in range(first, np.int64(state.sorties[k])):
        before = take(world, state, k, j, np.int64(-1))
        _, _, count = fill(
            world, state, k, np.int64(state.pickup[k, j]), np.int64(state.drop[k, j]),
            np.int64(state.start[k, j]), state.load_option[k, j], state.load_packs[k, j],
        )  # fmt: skip
        state.loads[k, j] = count
        won += take(world, state, k, j, np.int64(1)) - before
    return won


@inner
def grant_wish(world, state, free, backup, kept, k0, alpha, keep, thrift, scratch):
    """Give one idle vehicle what it would do if nobody were in its way.

    The wish is its best sortie with the lots that are left if every slot, lorry and need
    were free. Who uses those slots is rebuilt; who serves those needs is unloaded of them
    and loaded anew. Returns (count of changed vehicles, value won).
    """
    chosen = scratch.chosen
    marked = scratch.marked
    vehicles = state.sorties.shape[0]
    chosen[0] = k0
    copy_route(state, backup, k0)
    # First it lets go of what it has: the wish must begin where its kept sorties end.
    won = 0.0
    for j in range(np.int64(kept[k0]), np.int64(state.sorties[k0])):
        won -= take(world, state, k0, j, np.int64(-1))
    state.sorties[k0] = kept[k0]
    score, p, g, start = best_next(
        world, free, k0, alpha, keep, np.int64(1), thrift,
        scratch.option_out, scratch.packs_out,
    )  # fmt: skip
    if score <= 0.0:
        return 1, won
    _, _, loads = fill(
        world, free, k0, np.int64(p), np.int64(g), np.int64(start),
        scratch.option_out, scratch.packs_out,
    )  # fmt: skip
    for n in range(marked.shape[0]):
        marked[n] = False
    for m in range(loads):
        marked[world.option_need[scratch.option_out[m]]] = True
    c = np.int64(world.vehicle_class[k0])
    count = 1
    shift = np.random.randint(0, vehicles)
    for i in range(vehicles):
        k = np.int64((i + shift) % vehicles)
        first = np.int64(kept[k])
        if k == k0 or count >= MOST_CHANGED or state.sorties[k] == first:
            continue
        if uses_slots(world, state, k, p, g, start, c):
            copy_route(state, backup, k)
            chosen[count] = k
            count += 1
            for j in range(first, np.int64(state.sorties[k])):
                won -= take(world, state, k, j, np.int64(-1))
            state.sorties[k] = first
        elif serves_marked(world, state, k, first, marked):
            copy_route(state, backup, k)
            chosen[count] = k
            count += 1
            won -= unload_marked(world, state, k, first, marked)
    until = min(np.int64(world.vehicle_until[k0]), np.int64(world.ticks))
    found = start_of(world, state, c, np.int64(p), np.int64(g), np.int64(start), until)
    if found < FAR and state.sorties[k0] < state.pickup.shape[1]:
        won += add_sortie(world, state, k0, np.int64(p), np.int64(g), np.int64(found))
    for i in range(1, count):
        k = np.int64(chosen[i])
        won += refill(world, state, k, np.int64(kept[k]))
    return count, won


@inner
def choose(world, state, wanted, scratch):
    """Choose vehicles to rebuild: a seed one, and others that stand in its way.

    The seed is drawn at random with one thing it could carry; the others share that
    pick-up, drop or need, so that the seed may take their place. Or all are at random.
    """
    vehicles = state.sorties.shape[0]
    chosen = scratch.chosen
    is_chosen = scratch.is_chosen
    for k in range(vehicles):
        is_chosen[k] = False
    k0 = np.int64(np.random.randint(0, vehicles))
    is_chosen[k0] = True
    chosen[0] = k0
    count = 1
    way = np.random.randint(0, 4)
    p = -1
    g = -1
    n = -1
    signature = world.vehicle_signature[k0]
    first = world.lane_start[signature]
    lanes = world.lane_start[signature + 1] - first
    if way != AT_RANDOM and lanes > 0:
        z = first + np.random.randint(0, lanes)
        p = np.int64(world.lane_pickup[z])
        g = np.int64(world.lane_drop[z])
        if state.sorties[k0] > 0 and np.random.random() < 0.5:
            j = np.random.randint(0, state.sorties[k0])
            p = np.int64(state.pickup[k0, j])
            g = np.int64(state.drop[k0, j])
        pair = p * world.drop_site.shape[0] + g
        options = world.option_start[pair + 1] - world.option_start[pair]
        if options > 0:
            o = world.option_start[pair] + np.random.randint(0, options)
            n = np.int64(world.option_need[o])
        shift = np.random.randint(0, vehicles)
        for i in range(vehicles):
            k = (i + shift) % vehicles
            if count < wanted and not is_chosen[k] and serves(world, state, k, way, p, g, n):
                is_chosen[k] = True
                chosen[count] = k
                count += 1
        if count > 1 and np.random.random() < 0.7:
            return count
    while count < wanted:
        k = np.int64(np.random.randint(0, vehicles))
        if not is_chosen[k]:
            is_chosen[k] = True
            chosen[count] = k
            count += 1
    return count


@entry
def search(world, state, free, best, backup, kept, scratch, value, best_value, rounds, seed, heat):
    """Large neighbourhood search for ``rounds`` rounds.

    ``state`` is improved in place, ``free`` is the same with nothing used but lots, ``best``
    holds the best routes found, ``backup`` is scratch, the first ``kept[k]`` sorties of a
    vehicle stay. ``heat`` is (first, last) temperature in value. Returns (value, best value).
    """
    np.random.seed(seed)
    vehicles = state.sorties.shape[0]
    chosen = scratch.chosen
    for r in range(rounds):
        temperature = heat[0] * (heat[1] / heat[0]) ** (r / max(1, rounds - 1))
        wanted = min(vehicles, 1 + np.random.randint(0, MOST_REBUILT))
        thrift = 0.0 if np.random.random() < 0.3 else 2.0 * np.random.random()
        won = 0.0
        lost = 0.0
        if np.random.random() < WISH_SHARE:
            k0 = np.int64(np.random.randint(0, vehicles))
            for _ in range(vehicles):
                if state.sorties[k0] == kept[k0] or np.random.random() < 0.1:
                    break
                k0 = np.int64((k0 + 1) % vehicles)
            count, won = grant_wish(
                world, state, free, backup, kept, k0, np.random.random(), 0.7, thrift, scratch
            )
        else:
            count = choose(world, state, wanted, scratch)
            for i in range(count):
                k = np.int64(chosen[i])
                copy_route(state, backup, k)
                first = np.int64(kept[k])
                if state.sorties[k] > first and np.random.random() < 0.5:
                    first += np.random.randint(0, state.sorties[k] - first)
                for j in range(first, np.int64(state.sorties[k])):
                    lost += take(world, state, k, j, np.int64(-1))
                state.sorties[k] = first
        alpha = 1.1 * np.random.random()
        keep = 0.5 if np.random.random() < 0.7 else 1.0
        waits = 1 if np.random.random() < 0.7 else 3
        noise = 0.3 * np.random.random()
        lead = 20.0 if np.random.random() < 0.4 else 1.0
        won += insert_greedily(
            world, state, count, alpha, keep, waits, noise, lead, thrift, scratch
        )
        change = won - lost
        if change >= -1e-12 or np.random.random() < math.exp(change / temperature):
            value += change
            if value > best_value + 1e-9:
                best_value = value
                copy_routes(state, best)
        else:
            for i in range(count):
                k = np.int64(chosen[i])
                for j in range(np.int64(kept[k]), np.int64(state.sorties[k])):
                    take(world, state, k, j, np.int64(-1))
            for i in range(count):
                k = np.int64(chosen[i])
                # sorties before kept[k] were never given back; the rest is taken anew
                copy_route(backup, state, k)
                for j in range(np.int64(kept[k]), np.int64(state.sorties[k])):
                    take(world, state, k, j, np.int64(1))
    return value, best_value
