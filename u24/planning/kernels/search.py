"""Greedy insertion and large neighbourhood search over whole vehicles."""

import math

import numpy as np
from numba import njit

from u24.planning.kernels.sortie import add_sortie, best_next, take
from u24.planning.kernels.world import MOST_LOADS


@njit(cache=True, nogil=True)
def insert_greedily(world, state, chosen, count, alpha, keep, waits, noise, scratch):
    """Give the chosen vehicles their best next sorties, best first; returns the value won.

    A candidate is looked at again only when it comes to the top (lazy greedy): others may
    have taken its slot or its cargo meanwhile.
    """
    score, candidate, fresh, option_out, packs_out = scratch
    most = state.pickup.shape[1]
    won = 0.0
    for i in range(count):
        k = chosen[i]
        score[k] = 0.0
        fresh[k] = True
        if state.sorties[k] < most:
            s, p, g, start = best_next(
                world, state, k, alpha, keep, waits, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
    while True:
        best = -1
        top = 1e-15
        second = 0.0
        for i in range(count):
            k = chosen[i]
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
                world, state, k, alpha, keep, waits, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
            fresh[k] = True
            if score[k] < second or s <= 0.0:
                continue
        won += add_sortie(world, state, k, candidate[k, 0], candidate[k, 1], candidate[k, 2])
        for i in range(count):
            fresh[chosen[i]] = False
        score[k] = 0.0
        if state.sorties[k] < most:
            s, p, g, start = best_next(
                world, state, k, alpha, keep, waits, option_out, packs_out
            )
            score[k] = s * (1.0 + noise * np.random.random())
            candidate[k, 0] = p
            candidate[k, 1] = g
            candidate[k, 2] = start
            fresh[k] = True


@njit(cache=True, nogil=True)
def copy_routes(source, target):
    """Copy every route and load from one state to another; what is left is not copied."""
    target.sorties[:] = source.sorties
    target.pickup[:] = source.pickup
    target.drop[:] = source.drop
    target.start[:] = source.start
    target.loads[:] = source.loads
    target.load_option[:] = source.load_option
    target.load_packs[:] = source.load_packs


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def choose(state, chosen, wanted, is_chosen):
    """Choose vehicles to rebuild: at random, or sharing a drop or a pick-up with a seed one."""
    vehicles = state.sorties.shape[0]
    is_chosen[:] = False
    k0 = np.random.randint(0, vehicles)
    is_chosen[k0] = True
    chosen[0] = k0
    count = 1
    way = np.random.randint(0, 3)
    target = -1
    if way > 0 and state.sorties[k0] > 0:
        j = np.random.randint(0, state.sorties[k0])
        target = state.drop[k0, j] if way == 1 else state.pickup[k0, j]
    tries = 0
    while count < wanted and tries < 12 * vehicles:
        tries += 1
        k = np.random.randint(0, vehicles)
        if is_chosen[k]:
            continue
        related = target < 0 or state.sorties[k] == 0 or tries > 6 * vehicles
        if not related:
            for j in range(state.sorties[k]):
                if (state.drop[k, j] if way == 1 else state.pickup[k, j]) == target:
                    related = True
        if related:
            is_chosen[k] = True
            chosen[count] = k
            count += 1
    return count


@njit(cache=True, nogil=True)
def search(world, state, best, backup, kept, value, best_value, rounds, seed, heat):
    """Large neighbourhood search for ``rounds`` rounds.

    ``state`` is improved in place, ``best`` holds the best routes found, ``backup`` is
    scratch, the first ``kept[k]`` sorties of a vehicle stay. ``heat`` is (first, last)
    temperature in value. Returns (value, best value).
    """
    np.random.seed(seed)
    vehicles = state.sorties.shape[0]
    scratch = (
        np.zeros(vehicles),
        np.zeros((vehicles, 3), np.int32),
        np.zeros(vehicles, np.bool_),
        np.zeros(MOST_LOADS, np.int32),
        np.zeros(MOST_LOADS, np.int32),
    )
    chosen = np.zeros(vehicles, np.int32)
    is_chosen = np.zeros(vehicles, np.bool_)
    for r in range(rounds):
        temperature = heat[0] * (heat[1] / heat[0]) ** (r / max(1, rounds - 1))
        wanted = min(vehicles, 1 + np.random.randint(0, 8))
        count = choose(state, chosen, wanted, is_chosen)
        lost = 0.0
        for i in range(count):
            k = chosen[i]
            copy_route(state, backup, k)
            first = kept[k]
            if state.sorties[k] > first and np.random.random() < 0.5:
                first += np.random.randint(0, state.sorties[k] - first)
            for j in range(first, state.sorties[k]):
                lost += take(world, state, k, j, -1)
            state.sorties[k] = first
        alpha = 1.1 * np.random.random()
        keep = 0.5 if np.random.random() < 0.7 else 1.0
        waits = 1 if np.random.random() < 0.7 else 3
        noise = 0.3 * np.random.random()
        won = insert_greedily(world, state, chosen, count, alpha, keep, waits, noise, scratch)
        change = won - lost
        if change >= -1e-12 or np.random.random() < math.exp(change / temperature):
            value += change
            if value > best_value + 1e-9:
                best_value = value
                copy_routes(state, best)
        else:
            for i in range(count):
                k = chosen[i]
                for j in range(kept[k], state.sorties[k]):
                    take(world, state, k, j, -1)
            for i in range(count):
                k = chosen[i]
                # sorties before kept[k] were never given back; the rest is taken anew
                copy_route(backup, state, k)
                for j in range(kept[k], state.sorties[k]):
                    take(world, state, k, j, 1)
    return value, best_value
