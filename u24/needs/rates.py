"""The rates of this room that no reference table holds: each a range with its grounds.

``FACT`` is observed in the source named; ``ASSUMED`` is reasoned, and the note says how.
"""

from dataclasses import dataclass

from u24.domain.figures import Basis, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRate:
    """A rate with what it rests on."""

    range: Range
    basis: Basis
    sources: tuple[str, ...]
    note: str


ALLEN_2012 = "Allen, Wald and Worden 2012, J. Seismology 16:409-433"
PAGER_2009 = "Jaiswal, Wald and Hearne 2009, USGS Open-File Report 2009-1136 (PAGER)"
EXPO_CAT = "EXPO-CAT: Allen, Wald, Earle, Marano et al. 2009, Bull. Earthquake Eng. 7:701-718"
DE_BRUYCKER_1983 = "De Bruycker, Greco et al. 1983, Bull. WHO 61(6):1021-1025"
NOJI = "Noji, Supercourse lecture 13051, University of Pittsburgh"
KOBE = "factsanddetails.com on Kobe 1995, citing National Geographic, July 1995"
KHORASAN = "Noji, Supercourse lecture 13021: Khorasan 1968, 368 of 11,254 injured were inpatients"
LAQUILA = "Alexander and Magni 2013, PLoS Currents Disasters: L'Aquila 2009, 202 of 1,500 serious"
MOROCCO = "SafetyLit abstract 791889_14: Morocco 2023, 1,404 of 5,530 injured critical"
EMS_98 = "Gruenthal (ed.) 1998, European Macroseismic Scale 1998, Cahiers CEGS 15"
INSARAG_2012 = "INSARAG Guidelines 2012, sections 7.2 and 7.3"
DE_BRUYCKER_1985 = "De Bruycker, Greco and Lechat 1985, Int. J. Epidemiology 14:113-117"

# With PAGER's zeta alone 64 % of 130 deadly earthquakes of EXPO-CAT lie in the 80 % band;
# from a factor of 1.4 on it is 80 %, in both halves of them. See docs/benchmarks-needs.md.
MODEL_ERROR_FACTOR = 1.5

INJURED_PER_DEATH = NeedRate(
    range=Range(low=0.67, best=4.0, high=19.0),
    basis=Basis.FACT,
    sources=(EXPO_CAT,),
    note="median 4.0 of 237 earthquakes with 10 deaths or more, quartiles 1.6 and 10.3; "
    "10th and 90th percentile 0.67 and 19 of 118 in the half of the catalogue at hand",
)
TRAPPED_PER_DEATH = NeedRate(
    range=Range(low=0.95, best=2.3, high=5.4),
    basis=Basis.ASSUMED,
    sources=(DE_BRUYCKER_1983, KOBE),
    note="low: 192 of 202 dead of Irpinia 1980 had been trapped, survivors left out; high: "
    "over 35,000 pulled out at Kobe 1995 for 6,425 dead; best: the geometric mean",
)
TECHNICAL_RESCUE_SHARE = NeedRate(
    range=Range(low=0.02, best=0.07, high=0.20),
    basis=Basis.ASSUMED,
    sources=(NOJI, DE_BRUYCKER_1983),
    note="best: 93 % of the trapped survivors of Irpinia were out within 24 h without teams; "
    "high: 80 % of all trapped were out within 2 days; low: assumed",
)
PEOPLE_PER_SITE = NeedRate(
    range=Range(low=2, best=4, high=10),
    basis=Basis.ASSUMED,
    sources=(),
    note="people still waiting in one collapsed building: a family, up to two in a block",
)
HOURS_PER_SITE = NeedRate(
    range=Range(low=6, best=12, high=24),
    basis=Basis.ASSUMED,
    sources=(),
    note="from the start of work at a collapsed building to its end",
)
RESCUE_HOURS = 72  # assumed: from the first team on site to the last live rescues but few
INPATIENT_SHARE = NeedRate(
    range=Range(low=0.033, best=0.135, high=0.254),
    basis=Basis.FACT,
    sources=(KHORASAN, LAQUILA, MOROCCO),
    note="three earthquakes; what counts as injured differs between them",
)
CARE_GAP_SHARE = NeedRate(
    range=Range(low=0.1, best=0.3, high=1.0),
    basis=Basis.ASSUMED,
    sources=(),
    note="patients whom the hospitals that still work cannot take; high: all are lost",
)
CARE_DAYS = NeedRate(
    range=Range(low=3, best=3.5, high=4),
    basis=Basis.FACT,
    sources=(DE_BRUYCKER_1985,),
    note="the rush of injured is over after three to four days",
)
WITHOUT_ROOF_SHARE = NeedRate(
    range=Range(low=0.25, best=0.5, high=1.0),
    basis=Basis.ASSUMED,
    sources=(),
    note="displaced people who find no roof with relatives, in hotels or in halls",
)
FAMILY_PEOPLE = 5  # people per family, as the kits and tents of the goods table count
DAYS_COVERED = 3  # assumed: what is brought by air lasts until lorries and ships arrive

# EMS-98 words of quantity, middles of their ranges: few 0-15 %, many 15-55 %.
FEW, MANY = 0.075, 0.35
# Homes lost to use in a class of buildings, step by step of intensity: all of grade 4 and
# 5 and, assumed, half of grade 3. Each class stands one step behind the weaker one.
_STEPS = (
    0.0,
    FEW / 2,  # a few of grade 3
    MANY / 2 + FEW,  # many of grade 3, a few of grade 4
    MANY / 2 + MANY + FEW,  # many of grade 4, a few of grade 5, and as many of grade 3
    MANY / 2 + MANY + MANY,  # many of grade 5, and as many of grade 4 and of grade 3
)
# People displaced per person exposed, at intensity 5 to 9. Low: all homes of class C
# (reinforced concrete without design); best: half B (brick), half C; high: all A (adobe).
DISPLACED_CLASS_A = (0.0, 0.0, *_STEPS[2:])
DISPLACED_CLASS_B = (0.0, 0.0, *_STEPS[1:4])
DISPLACED_CLASS_C = (0.0, 0.0, *_STEPS[0:3])
DISPLACED_BEST = tuple(
    (b + c) / 2 for b, c in zip(DISPLACED_CLASS_B, DISPLACED_CLASS_C, strict=True)
)
DISPLACED_NOTE = (
    "people per home lost by the damage that EMS-98 describes at each intensity, half of "
    "grade 3 counted (assumed); half the homes brick, half concrete without design (assumed)"
)
