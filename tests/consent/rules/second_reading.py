"""Each rule read a second time, from its source, with fractions and by trying everything.

Shares no code with u24/consent/rules. Slow, and only for small electorates.
"""

from fractions import Fraction
from itertools import combinations, product

FIVE = {"CHN", "FRA", "GBR", "RUS", "USA"}


class Ballots:
    """Sets of names by word, of those who take part."""

    def __init__(self, electors, votes, council_votes=9, seats_of_council=15):
        self.people = {e.member: e.population for e in electors}
        self.there = {m for m in self.people if votes.get(m, "none") != "not_participating"}
        self.council_votes, self.seats_of_council = council_votes, seats_of_council
        for word in ("for", "against", "abstain", "constructive"):
            setattr(self, f"{word}_it", {m for m in self.there if votes.get(m) == word})

    def share(self, members):
        return Fraction(sum(self.people[m] for m in members), self.everybody)

    @property
    def everybody(self):
        return sum(self.people[m] for m in self.there)


def _cfsp(b):
    third = Fraction(1, 3)
    states = Fraction(len(b.constructive_it), len(b.there))
    return not b.against_it and not (states >= third and b.share(b.constructive_it) >= third)


def _may_abstain(b):
    return bool(b.for_it) and b.for_it | b.abstain_it | b.constructive_it == b.there


def _nine(b):
    return len(b.for_it) >= b.council_votes


def _shares(b, percent):
    return Fraction(len(b.for_it), len(b.there)) >= Fraction(percent, 100)


def _qmv(b):
    all_there = b.there == set(b.people)
    is_council = all_there and len(b.people) >= b.seats_of_council
    if not _shares(b, 55) or (is_council and len(b.for_it) < b.seats_of_council):
        return False
    # the minimum number representing more than 35 %, by trying all sets of each size
    fewest = next(
        n
        for n in range(1, len(b.there) + 1)
        if any(b.share(names) > Fraction(35, 100) for names in combinations(b.there, n))
    )
    can_block = 4 if all_there else fewest + 1
    return b.share(b.for_it) >= Fraction(65, 100) or len(b.there - b.for_it) < can_block


READ = {
    "silence": lambda b: not b.against_it,
    "nato-consensus": lambda b: not b.against_it,
    "unanimity": lambda b: b.for_it == b.there,
    "eu-unanimity": _may_abstain,
    "eu-cfsp-consensus": _cfsp,
    "eu-qmv": _qmv,
    "eu-qmv-reinforced": lambda b: _shares(b, 72) and b.share(b.for_it) >= Fraction(65, 100),
    "simple-majority": lambda b: len(b.for_it) > len(b.there) - len(b.for_it),
    "unga-two-thirds": lambda b: bool(b.for_it) and len(b.for_it) >= 2 * len(b.against_it),
    "unga-majority": lambda b: len(b.for_it) > len(b.against_it),
    "unsc": lambda b: _nine(b) and not b.against_it & FIVE,
    "unsc-procedural": _nine,
    "coalition": lambda b: bool(b.for_it),
}


def carried(rule_id, electors, votes, **figures):
    """Whether the rule carries it if the vote ends now; votes by name, as words."""
    ballots = Ballots(electors, votes, **figures)
    return bool(ballots.there) and READ[rule_id](ballots)


def outcome(rule_id, electors, votes, *, is_over, **figures):
    """The outcome, before the end by trying every way in which the silent may still vote."""
    now = carried(rule_id, electors, votes, **figures)
    if is_over:
        return "carried" if now else "lost"
    members = [e.member for e in electors]
    if rule_id == "silence":
        broken = "against" in votes.values()
        there = [m for m in members if votes.get(m) != "not_participating"]
        return "open" if there and not broken else "lost"
    silent = [m for m in members if votes.get(m, "none") == "none"]
    ends = {
        carried(rule_id, electors, {**votes, **dict(zip(silent, said, strict=True))}, **figures)
        for said in product(("for", "against", "abstain"), repeat=len(silent))
    }
    return {frozenset([True]): "carried", frozenset([False]): "lost"}.get(frozenset(ends), "open")


def movers(rule_id, electors, votes, **figures):
    """All smallest sets whose change to a yes carries it, by trying all sets; None: no set does."""
    may = sorted(
        e.member
        for e in electors
        if votes.get(e.member, "none") not in {"for", "not_participating"}
    )
    for size in range(len(may) + 1):
        found = [
            names
            for names in combinations(may, size)
            if carried(rule_id, electors, {**votes, **dict.fromkeys(names, "for")}, **figures)
        ]
        if found:
            return found
    return None
