"""What must hold in the sections on consent, proposals, positions, conditions and gates."""

from collections import Counter
from datetime import date
from itertools import combinations, groupby

from u24.domain.proposals import MissionPurpose, ProposalKind, Stance
from u24.errors import InvalidInput
from u24.intake.case_folder.column import Refers
from u24.intake.case_folder.faults import Row, shown
from u24.intake.case_folder.frame import Frame
from u24.intake.case_folder.measures import MEASURES, NONE
from u24.intake.case_folder.names import Names
from u24.intake.case_folder.ordering import check_before
from u24.reference.organisations import electors_of

MISSION = str(ProposalKind.MISSION)
SILENCE, COALITION = "silence", "coalition"


def check_hours(row: Row, frame: Frame) -> None:
    """Of a phase, and of a consent: it ends after it begins."""
    check_before(row, "from_h", "until_h")


def check_proposal(row: Row, frame: Frame) -> None:
    """Who decides is told once, a mission says what it is for, a silence ends."""
    check_before(row, "made_at", "deadline_at")
    _check_electors(row, frame)
    if row["kind"] == MISSION and row["purposes"] is None:
        given = ", ".join(MissionPurpose)
        row.refuse("purposes", f"it is missing, but kind is {MISSION}; give one or more of {given}")
    if row.has("kind", "purposes") and row["kind"] != MISSION:
        told = f"purposes are given, but kind is {row['kind']}; only a mission has purposes"
        row.refuse("purposes", f"{told}, take them out")
    if row["rule"] == SILENCE and row["deadline_at"] is None:
        row.refuse("deadline_at", "it is missing, but rule is silence; give when the silence ends")
    check_together(row, "requires", row["requires"] or (), frame)


def _check_electors(row: Row, frame: Frame) -> None:
    if row.has("body", "members"):
        told = f"members are given, but body is {row['body']}, whose members decide"
        row.refuse("members", f"{told}; keep one of the two")
    is_open = row["rule"] in {None, COALITION}
    if not is_open and row["body"] is None and row["members"] is None and "body" not in row.bad:
        row.refuse("members", "it is missing, and so is body; give who decides")
    for member, times in Counter(row["members"] or ()).items():
        if times > 1:
            row.refuse("members", f"{shown(member)} comes twice; each decides once, keep one")
    if row.has("body") and frame.t0_at is not None:
        _check_body(row, (row["made_at"] or frame.t0_at).date(), frame)


def _check_body(row: Row, on: date, frame: Frame) -> None:
    try:
        electors_of(row["body"], on, frame.names.tables)
    except InvalidInput as error:
        row.refuse("body", f"{error}; give members instead")


def check_position(row: Row, frame: Frame) -> None:
    """Conditions belong to a stance that heeds them, purposes to a mission."""
    if row["stance"] == Stance.CONDITIONAL and row["conditions"] is None:
        told = "it is missing, but stance is conditional"
        row.refuse("conditions", f"{told}; give {Refers.CONDITION}")
    if row["stance"] == Stance.SUPPORT and row["conditions"]:
        told = "conditions are given, but stance is support"
        row.refuse("conditions", f"{told}; give stance conditional, or take them out")
    if row.has("proposal", "purposes") and row["proposal"] in frame.purposeless:
        told = f"purposes are given, but {shown(row['proposal'])} is not a mission"
        row.refuse("purposes", f"{told}; only a mission has purposes, take them out")
    check_together(row, "conditions", row["conditions"] or (), frame)


def check_together(row: Row, column: str, conditions: tuple[str, ...], frame: Frame) -> None:
    """Tell of two conditions that can never hold together."""
    for one, other in combinations(sorted(set(conditions)), 2):
        if other in frame.exclusions.get(one, ()):
            told = f"{shown(one)} and {shown(other)} exclude each other and never hold together"
            row.refuse(column, f"{told}; take one out")


def check_condition(row: Row, frame: Frame) -> None:
    """A condition does not exclude itself."""
    if row.has("id", "excludes") and row["id"] in row["excludes"]:
        row.refuse("excludes", f"{shown(row['id'])} is this condition itself; take it out")


def check_gate_answer(row: Row, frame: Frame) -> None:
    """It ends after it was given."""
    check_before(row, "at", "valid_until_at")


def check_embargo(row: Row, frame: Frame) -> None:
    """It ends after it begins."""
    check_before(row, "from", "until")


def check_recorded(row: Row, frame: Frame) -> None:
    """What is measured exists, and the answer is one that there can be."""
    measure = MEASURES.get(row["measure"] or "")
    if measure is None:
        return
    if row.has("subject"):
        told = f"; measure {row['measure']} is of that"
        resolve_word(row, "subject", row["subject"], measure.subject, frame.names, why=told)
    if not row.has("recorded"):
        return
    words = row["recorded"]
    if measure.words:
        if len(words) != 1 or words[0] not in measure.words:
            found = shown(";".join(words))
            allowed = ", ".join(measure.words)
            row.refuse("recorded", f"{found} is no {row['measure']}; give one of {allowed}")
    elif NONE in words and len(words) > 1:
        row.refuse("recorded", f"{NONE} stands beside other words; give it alone, or them")
    elif measure.lists and words != (NONE,):
        for word in words:
            resolve_word(row, "recorded", word, measure.lists, frame.names)


def resolve_word(
    row: Row, name: str, word: str, refers: Refers, names: Names, why: str = ""
) -> str | None:
    """The name in the form the case holds; None, and a message, if it names not one thing."""
    found = names.find(refers, word)
    if found is None:
        near = names.alike(refers, word)
        row.refuse(name, f"{shown(word)} is unknown; give {refers}{why}{near}")
    elif len(holders := names.holders(refers, word)) > 1:
        told = f"{shown(word)} is the id of {' and of '.join(holders)}"
        row.refuse(name, f"{told}; give each an id of its own")
    return found


def check_condition_words(rows: list[Row], frame: Frame) -> None:
    """Nothing is said to hold and not to hold at once, nor beside what it excludes."""
    good = [row for row in rows if row.has("condition", "holds", "at")]
    holding: dict[str, Row] = {}
    for _, words in groupby(sorted(good, key=lambda row: row["at"]), key=lambda row: row["at"]):
        said = _at_once(list(words))
        for condition, row in said.items():
            holding.pop(condition, None)
            if row["holds"]:
                holding[condition] = row
        for condition, row in said.items():
            _check_beside(condition, row, holding, frame)


def _at_once(rows: list[Row]) -> dict[str, Row]:
    """The words of one moment by condition, without those that contradict an earlier row."""
    said: dict[str, Row] = {}
    for row in rows:
        first = said.setdefault(row["condition"], row)
        if first["holds"] != row["holds"]:
            told = f"{shown(row['condition'])} is said to hold and not to hold at one moment"
            row.refuse("holds", f"{told}; line {first.line} says the other, keep one")
    return said


def _check_beside(condition: str, row: Row, holding: dict[str, Row], frame: Frame) -> None:
    others = sorted(frame.exclusions.get(condition, frozenset()) & holding.keys())
    if row["holds"] and others and condition in holding:
        told = f"{shown(condition)} excludes {shown(others[0])}, which holds by the word in line"
        end = f"say first that {shown(others[0])} no longer holds, or keep one"
        row.refuse("holds", f"{told} {holding[others[0]].line}; {end}")
        del holding[condition]
