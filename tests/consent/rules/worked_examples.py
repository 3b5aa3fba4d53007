"""Real votes and textbook cases, each with its source.

``votes`` names members as ``for: A B; against: C``; ``rest`` is the vote of all others of the
body. Where only totals are known, ``totals`` gives for, against, abstaining, and the members in
order of code stand in for those who really voted so. ``read`` says that the source was read for
this example; without it the figures are generally known and the source is where to check them.
"""

from dataclasses import dataclass
from datetime import date

from u24.domain.decisions import Elector, Vote
from u24.reference.organisations import electors_of

PRESS = "UN press release"
TREATY = "TEU 16(4), TFEU 238; populations of the Council's list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A vote and what came of it."""

    name: str
    rule: str
    on: str
    source: str
    outcome: str
    body: str = ""
    members: str = ""
    without: str = ""  # members of the body that are not in the committee that decided
    votes: str = ""
    rest: str = "none"
    totals: tuple[int, int, int] | None = None
    is_over: bool = True
    movers: tuple[int | None, int] | None = None  # size and number of sets
    first: str = ""  # the first set of movers
    read: bool = False
    dated: bool = True  # ask for the rule of that day

    def electors(self) -> tuple[Elector, ...]:
        """Who decides."""
        if not self.body:
            return tuple(Elector(member=member) for member in self.members.split())
        out = self.without.split()
        all_of_them = electors_of(self.body, date.fromisoformat(self.on))
        return tuple(elector for elector in all_of_them if elector.member not in out)

    def ballots(self) -> dict[str, Vote]:
        """How each votes."""
        names = [elector.member for elector in self.electors()]
        if self.totals is not None:
            said = [Vote.FOR, Vote.AGAINST, Vote.ABSTAIN]
            voted = [v for v, n in zip(said, self.totals, strict=True) for _ in range(n)]
            return dict(zip(names, voted, strict=False))
        named = {
            member: Vote(word.strip())
            for part in self.votes.split(";")
            if part.strip()
            for word, members in [part.split(":")]
            for member in members.split()
        }
        return {name: Vote(self.rest) for name in names} | named


def _unga(name: str, on: str, totals: tuple[int, int, int], source: str) -> Example:
    return Example(
        name=f"UNGA {name}", rule="unga-two-thirds", body="UN", on=on,
        totals=totals, outcome="carried", movers=(0, 1), source=source,
    )  # fmt: skip


def _unsc(name: str, on: str, votes: str, outcome: str, source: str, **more: object) -> Example:
    given = {"rest": "for", **more}
    return Example(
        name=f"UNSC {name}", rule="unsc", body="UNSC", on=on, votes=votes, outcome=outcome,
        source=source, **given,  # type: ignore[arg-type]
    )  # fmt: skip


def _qmv(name: str, on: str, votes: str, outcome: str, source: str, **more: object) -> Example:
    given = {"rule": "eu-qmv", "rest": "for", **more}
    return Example(
        name=f"EU {name}", body="EU", on=on, votes=votes, outcome=outcome, source=source,
        **given,  # type: ignore[arg-type]
    )  # fmt: skip


SILENCE = [
    Example(
        name="NATO, planning for Turkiye, three days before the deadline",
        rule="silence", body="NATO", on="2003-02-07", is_over=False, outcome="open",
        movers=(0, 1), source="washingtontimes.com, 6 Feb 2003: silence until Monday", read=True,
    ),
    Example(
        name="NATO, planning for Turkiye: France and Belgium break the silence",
        rule="silence", body="NATO", on="2003-02-10", is_over=False,
        votes="against: FRA BEL", outcome="lost", movers=(2, 1), first="BEL FRA",
        source="People's Daily, 11 Feb 2003", read=True,
    ),
    Example(
        name="NATO, planning for Turkiye, at the deadline: three have objected",
        rule="silence", body="NATO", on="2003-02-10", votes="against: FRA DEU BEL",
        outcome="lost", movers=(3, 1), first="BEL DEU FRA", source="dw.com a-775876", read=True,
    ),
    Example(
        name="NATO Defence Planning Committee of 18, without France",
        rule="nato-consensus", body="NATO", on="2003-02-16", without="FRA", outcome="carried",
        movers=(0, 1), source="rferl.org 1102243, 17 Feb 2003", read=True,
    ),
    Example(
        name="a silence procedure in which everybody stays silent",
        rule="silence", body="EU", on="2022-03-01", outcome="carried", movers=(0, 1),
        source="CRS report RS21510",
    ),
]  # fmt: skip

CONSENSUS = [
    Example(
        name="NATO, accession talks of Finland and Sweden, 18 May 2022",
        rule="nato-consensus", body="NATO", on="2022-05-18", rest="for", votes="against: TUR",
        outcome="lost", movers=(1, 1), first="TUR",
        source="Financial Times, 18 May 2022: Turkiye blocks the start of the talks",
    ),
    Example(
        name="NATO, invitation of Finland and Sweden, Madrid, 29 June 2022",
        rule="nato-consensus", body="NATO", on="2022-06-29", rest="for", outcome="carried",
        movers=(0, 1), source="NATO, Madrid Summit Declaration, 29 June 2022, para 18",
    ),
    Example(
        name="NATO, some have not spoken yet",
        rule="nato-consensus", body="NATO", on="2022-06-28", votes="for: USA GBR",
        is_over=False, outcome="open", source="NATO topic 49178: consultation until all accept",
    ),
    Example(
        name="EULEX Kosovo: Cyprus abstains constructively (counted by the rule of today)",
        rule="eu-cfsp-consensus", body="EU", on="2008-02-04", rest="for", dated=False,
        votes="constructive: CYP", outcome="carried", movers=(0, 1),
        source="Joint Action 2008/124/CFSP, 4 Feb 2008; Cyprus's declaration under TEU 23(1)",
    ),
    Example(
        name="European Peace Facility, lethal support: Austria, Ireland and Malta abstain",
        rule="eu-cfsp-consensus", body="EU", on="2022-02-28", rest="for",
        votes="constructive: AUT IRL MLT", outcome="carried", movers=(0, 1),
        source="Decision (CFSP) 2022/338, 28 Feb 2022",
    ),
    Example(
        name="EUMAM Ukraine: Hungary abstains constructively",
        rule="eu-cfsp-consensus", body="EU", on="2022-10-17", rest="for",
        votes="constructive: HUN", outcome="carried", movers=(0, 1),
        source="Decision (CFSP) 2022/1968, 17 Oct 2022",
    ),
    Example(
        name="eighth package of sanctions: Belgium abstains without a declaration",
        rule="eu-unanimity", body="EU", on="2022-10-06", rest="for", votes="abstain: BEL",
        outcome="carried", movers=(0, 1), read=True,
        source="europeanpapers.eu, Simple Abstention and Constructive Abstention",
    ),
    Example(
        name="nine members, more than a third of the people: the limit is reached",
        rule="eu-cfsp-consensus", body="EU", on="2022-03-01", rest="for",
        votes="constructive: DEU FRA AUT BEL BGR CYP CZE DNK EST", outcome="lost",
        movers=(1, 9), first="AUT", source="TEU 31(1) second subparagraph, worked by hand",
    ),
    Example(
        name="eight members, half of the people: a third of the members is not reached",
        rule="eu-cfsp-consensus", body="EU", on="2022-03-01", rest="for",
        votes="constructive: DEU FRA ITA ESP POL ROU NLD BEL", outcome="carried",
        source="TEU 31(1) second subparagraph, worked by hand",
    ),
    Example(
        name="fourteen small members: a third of the people is not reached",
        rule="eu-cfsp-consensus", body="EU", on="2022-03-01", rest="for",
        votes="constructive: MLT LUX CYP EST LVA SVN LTU HRV IRL SVK FIN DNK BGR AUT",
        outcome="carried", source="TEU 31(1) second subparagraph, worked by hand",
    ),
]  # fmt: skip

UNANIMITY = [
    Example(
        name="accession talks with Ukraine: Hungary leaves the room",
        rule="eu-unanimity", body="EU", on="2023-12-14", rest="for", votes="abstain: HUN",
        outcome="carried", source="European Council conclusions, 14 Dec 2023; Politico",
    ),
    Example(
        name="50 billion for Ukraine: Hungary's veto of 15 December 2023",
        rule="eu-unanimity", body="EU", on="2023-12-15", rest="for", votes="against: HUN",
        outcome="lost", movers=(1, 1), first="HUN",
        source="European Council conclusions, 15 Dec 2023: agreed by 26",
    ),
    Example(
        name="50 billion for Ukraine: all 27 on 1 February 2024",
        rule="eu-unanimity", body="EU", on="2024-02-01", rest="for", outcome="carried",
        source="European Council conclusions, 1 Feb 2024",
    ),
    Example(
        name="plain unanimity, one abstains",
        rule="unanimity", members="AAA BBB CCC", on="2024-01-01", rest="for",
        votes="abstain: CCC", outcome="lost", movers=(1, 1), first="CCC",
        source="the rule's own words, worked by hand",
    ),
]  # fmt: skip

QUALIFIED = [
    _qmv("relocation of 120,000 people: CZ, HU, RO, SK against, FI abstains; UK, IE, DK out",
         "2015-09-22",
         "against: CZE HUN ROU SVK; abstain: FIN; not_participating: GBR IRL DNK", "carried",
         "maltatoday.com.mt 57420; helsinkitimes.fi 13545; Protocols 21 and 22", read=True),
    _qmv("glyphosate, 27 Nov 2017: 18 for, 9 against, Portugal abstains", "2017-11-27",
         "against: BEL GRC FRA HRV ITA CYP MLT LUX AUT; abstain: PRT", "carried",
         "hlhltd.co.uk, glyphosate re-registration", read=True),
    _qmv("glyphosate, 9 Nov 2017: 14 for, 9 against, 5 abstain", "2017-11-09",
         "against: BEL GRC FRA HRV ITA CYP MLT LUX AUT; abstain: BGR DEU POL PRT ROU", "lost",
         "agropages.com 24365", read=True),
    _qmv("glyphosate, October 2022: 35.27 % of the people not for it; Slovenia would do",
         "2022-10-14", "against: HRV LUX MLT; abstain: DEU FRA SVN", "lost",
         "iede.news d8fk41u0", read=True, movers=(1, 4), first="DEU"),
    _qmv("copyright directive: 6 against, 3 abstain", "2019-04-15",
         "against: POL LUX NLD ITA SWE FIN; abstain: BEL EST SVN", "carried",
         "interia.pl nId,2938978", read=True),
    _qmv("new cars without CO2 from 2035", "2023-03-28", "against: POL; abstain: ITA BGR ROU",
         "carried", "wideo.ovh x8jj3jz (Euronews)", read=True),
    _qmv("nature restoration, March 2024: a ceiling of 64 %", "2024-03-22",
         "abstain: HUN BEL AUT FIN POL; against: SWE ITA NLD", "lost",
         "agenceurope.eu 13377/7", read=True),
    _qmv("nature restoration, 17 June 2024: 20 members with 66 %", "2024-06-17",
         "against: SWE FIN NLD ITA HUN POL; abstain: BEL", "carried", "eos-oes.eu, 18 June 2024",
         read=True),
    _qmv("duties on electric cars: no majority for them", "2024-10-04",
         "against: DEU HUN MLT SVN SVK; for: ITA FRA POL NLD IRL LVA LTU EST BGR DNK", "lost",
         "swissinfo.ch 87674450 (Reuters)", read=True, rest="abstain"),
    _qmv("duties on electric cars: no majority against them", "2024-10-04",
         "for: DEU HUN MLT SVN SVK", "lost", "swissinfo.ch 87674450 (Reuters)", read=True,
         rest="abstain"),
    _qmv("three of the four largest cannot block", "2022-06-01", "against: DEU FRA ITA",
         "carried", TREATY, movers=(0, 1)),
    _qmv("the three largest and Malta block: any one of the four may move", "2022-06-01",
         "against: DEU FRA ITA MLT", "lost", TREATY, movers=(1, 4), first="DEU"),
    _qmv("four members with less than 35 % do not block", "2022-06-01",
         "against: DEU POL HUN MLT", "carried", TREATY),
    _qmv("thirteen small members do block: fifteen are needed", "2022-06-01",
         "against: MLT LUX CYP EST LVA SVN LTU HRV IRL SVK FIN DNK BGR", "lost", TREATY,
         movers=(1, 13), first="BGR"),
    _qmv("twelve small members do not block", "2022-06-01",
         "against: MLT LUX CYP EST LVA SVN LTU HRV IRL SVK FIN DNK", "carried", TREATY),
    _qmv("the fifteen smallest have the members and not the people", "2022-06-01",
         "for: MLT LUX CYP EST LVA SVN LTU HRV IRL SVK FIN DNK BGR AUT HUN", "lost", TREATY,
         rest="abstain"),
    _qmv("nineteen members are too few for the reinforced majority", "2022-06-01",
         "against: MLT LUX CYP EST LVA SVN LTU HRV", "lost", TREATY, rule="eu-qmv-reinforced",
         movers=(1, 8), first="CYP"),
    _qmv("twenty members with 65 % reach the reinforced majority", "2022-06-01",
         "against: MLT LUX CYP EST LVA SVN LTU", "carried", TREATY, rule="eu-qmv-reinforced"),
    _qmv("the reinforced majority knows no minimum of opponents", "2022-06-01",
         "against: DEU FRA ITA", "lost", TREATY, rule="eu-qmv-reinforced", movers=(1, 3),
         first="DEU"),
    _qmv("before the end fifteen with 65 % are enough", "2022-06-01",
         "for: DEU FRA ITA ESP POL ROU NLD BEL CZE GRC SWE PRT HUN AUT BGR", "carried", TREATY,
         rest="none", is_over=False),
    _qmv("before the end nothing is said", "2022-06-01", "", "open", TREATY, rest="none",
         is_over=False),
]  # fmt: skip

MAJORITY = [
    Example(
        name="Milan 1985: a conference of governments by 7 to 3",
        rule="simple-majority", body="EU", on="1985-06-29", rest="for",
        votes="against: DNK GRC GBR", outcome="carried",
        source="European Council, Milan, 28-29 June 1985; TEU 48(3) today",
    ),
    Example(
        name="thirteen of 27 are no simple majority",
        rule="simple-majority", body="EU", on="2022-06-01", totals=(13, 1, 13), outcome="lost",
        movers=(1, 14), source="TFEU 238(1)",
    ),
    Example(
        name="fourteen of 27 are a simple majority",
        rule="simple-majority", body="EU", on="2022-06-01", totals=(14, 13, 0),
        outcome="carried", source="EUR-Lex glossary, weighting of votes: 14 of 27", read=True,
    ),
    _unga("ES-11/1, aggression against Ukraine", "2022-03-02", (141, 5, 35), f"{PRESS} GA/12407"),
    _unga("ES-11/2, humanitarian consequences", "2022-03-24", (140, 5, 38), f"{PRESS} GA/12411"),
    _unga("ES-11/3, Human Rights Council", "2022-04-07", (93, 24, 58), f"{PRESS} GA/12414"),
    _unga("ES-11/4, territorial integrity", "2022-10-12", (143, 5, 35), f"{PRESS} GA/12458"),
    _unga("ES-11/5, reparation", "2022-11-14", (94, 14, 73), f"{PRESS} GA/12470"),
    _unga("ES-11/6, lasting peace", "2023-02-23", (141, 7, 32), f"{PRESS} GA/12492"),
    _unga("68/262, territorial integrity", "2014-03-27", (100, 11, 58), f"{PRESS} GA/11493"),
    Example(
        name="UNGA, a day's draft with 60 for, 40 against, 93 abstaining",
        rule="unga-two-thirds", body="UN", on="2022-03-02", totals=(60, 40, 93),
        outcome="lost", source="Rule 86: who abstains does not vote; worked by hand",
    ),
    Example(
        name="UNGA, the same draft on a question that is not important",
        rule="unga-majority", body="UN", on="2022-03-02", totals=(60, 40, 93),
        outcome="carried", source="Charter 18(3); worked by hand",
    ),
    Example(
        name="UNGA, a tie is lost",
        rule="unga-majority", body="UN", on="2022-03-02", totals=(50, 50, 0), outcome="lost",
        source="Rule 133: a proposal that is equally divided is rejected", movers=(1, 143),
    ),
]  # fmt: skip

COUNCIL = [
    _unsc("draft S/2022/155, 25 Feb 2022: Russia's veto", "2022-02-25",
          "against: RUS; abstain: CHN IND ARE", "lost", "securitycouncilreport.org s-2022-155",
          read=True, movers=(1, 1), first="RUS"),
    Example(
        name="UNSC 2623, emergency session of the Assembly: procedure, no veto",
        rule="unsc-procedural", body="UNSC", on="2022-02-27", rest="for",
        votes="against: RUS; abstain: CHN IND ARE", outcome="carried", movers=(0, 1),
        source=f"{PRESS} SC/14809",
    ),
    Example(
        name="UNSC, meeting on Ukraine of 31 Jan 2022: 10-2-3, procedure",
        rule="unsc-procedural", body="UNSC", on="2022-01-31", rest="for",
        votes="against: RUS CHN; abstain: IND GAB KEN", outcome="carried",
        source=f"{PRESS} SC/14783",
    ),
    _unsc("1973, Libya: 10-0-5, abstention of China and Russia is no veto", "2011-03-17",
          "abstain: BRA CHN DEU IND RUS", "carried", f"{PRESS} SC/10200"),
    _unsc("2774, Ukraine: 10-0-5, France and the United Kingdom abstain", "2025-02-24",
          "abstain: FRA GBR DNK GRC SVN", "carried", "tehrandigest.com", read=True),
    _unsc("2593, Afghanistan: 13-0-2", "2021-08-30", "abstain: CHN RUS", "carried",
          f"{PRESS} SC/14615"),
    _unsc("2334, settlements: 14-0-1", "2016-12-23", "abstain: USA", "carried",
          f"{PRESS} SC/12657"),
    _unsc("Syria, 4 Oct 2011: nine for, two vetoes", "2011-10-04",
          "against: CHN RUS; abstain: BRA IND LBN ZAF", "lost", f"{PRESS} SC/10403",
          movers=(2, 1), first="CHN RUS"),
    _unsc("Syria, 4 Feb 2012: 13-2-0", "2012-02-04", "against: CHN RUS", "lost",
          f"{PRESS} SC/10536", movers=(2, 1)),
    _unsc("Crimea, 15 March 2014: 13-1-1", "2014-03-15", "against: RUS; abstain: CHN", "lost",
          f"{PRESS} SC/11319", movers=(1, 1)),
    _unsc("tribunal for MH17, 29 July 2015: 11-1-3", "2015-07-29",
          "against: RUS; abstain: AGO CHN VEN", "lost", f"{PRESS} SC/11990"),
    _unsc("annexations, 30 Sept 2022: 10-1-4", "2022-09-30",
          "against: RUS; abstain: BRA CHN GAB IND", "lost", f"{PRESS} SC/15046"),
    _unsc("Russia's humanitarian draft, 23 March 2022: 2-0-13", "2022-03-23",
          "for: RUS CHN", "lost", f"{PRESS} SC/14838", rest="abstain", movers=(7, 1716)),
    _unsc("Palestine, 30 Dec 2014: eight for, one too few, and a veto", "2014-12-30",
          "against: USA AUS; abstain: GBR LTU NGA KOR RWA", "lost", f"{PRESS} SC/11722",
          movers=(1, 1), first="USA"),
]  # fmt: skip

COALITION = [
    Example(
        name="MiG-29 for Ukraine, March 2023: Poland and Slovakia do",
        rule="coalition", body="NATO", on="2023-03-17", votes="for: POL SVK",
        outcome="carried", source="Reuters, 16 and 17 March 2023",
    ),
    Example(
        name="peace mission, March 2022: nobody is ready yet",
        rule="coalition", body="NATO", on="2022-03-16", votes="against: USA DEU",
        is_over=False, outcome="open", movers=(1, 30),
        source="the proposal of 15 March 2022; no member said yes",
    ),
]  # fmt: skip

EXAMPLES = [*SILENCE, *CONSENSUS, *UNANIMITY, *QUALIFIED, *MAJORITY, *COUNCIL, *COALITION]
