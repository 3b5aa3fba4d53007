"""Greedy insertion and large neighbourhood search over whole vehicles."""

import math

import numpy as np
from u24.planning.kernels.compiling import entry, inner
from u24.planning.kernels.sortie import add_sortie, best_next, take

AT_RANDOM, BY_PICKUP, BY_DROP, BY_NEED = 0, 1, 2, 3


@entry
def insert_greedily(
    world, state, count, alpha, keep, waits, noise, lead, thrift, scratch
):
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
def search(world, state, best, backup, kept, scratch, value, best_value, rounds, seed, heat):
    """Large neighbourhood search for ``rounds`` rounds.

    ``state`` is improved in place, ``best`` holds the best routes found, ``backup`` is
    scratch, the first ``kept[k]`` sorties of a vehicle stay. ``heat`` is (first, last)
    temperature in value. Returns (value, best value).
    """
    np.random.seed(seed)
    vehicles = state.sorties.shape[0]
    chosen = scratch.chosen
    for r in range(rounds):
        temperature = heat[0] * (heat[1] / heat[0]) ** (r / max(1, rounds - 1))
        wanted = min(vehicles, 1 + np.random.randint(0, 8))
        count = choose(world, state, wanted, scratch)
        lost = 0.0
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
        thrift = 0.0 if np.random.random() < 0.3 else 2.0 * np.random.random()
        lead = 20.0 if np.random.random() < 0.4 else 1.0
        won = insert_greedily(
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
