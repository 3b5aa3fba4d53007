"""Sections and caveats added to the template, good by default."""

from pathlib import Path

from tests.intake.folders import Edit, put

CASE = "case.toml"
STATED = 'basis = "stated"\nsource = "example"\n'


def add(text: str, *, stated: bool = True) -> Edit:
    """Write a section at the end of case.toml."""

    def edit(folder: Path) -> None:
        before = (folder / CASE).read_text("utf-8")
        (folder / CASE).write_text(f"{before}\n{text}\n{STATED if stated else ''}", "utf-8")

    return edit


def a_mission(purposes: str = 'purposes = ["rescue"]') -> Edit:
    return add(
        '[[proposals]]\nid = "mission"\nkind = "mission"\ntitle = "A mission"\n'
        f'rule = "unanimity"\nbody = "NATO"\n{purposes}'
    )


def a_proposal(text: str) -> Edit:
    return add(f'[[proposals]]\nid = "nfz"\nkind = "no_fly_zone"\ntitle = "No flights"\n{text}')


def a_position(text: str = "", *, proposal: str = "airlift", stance: str = "oppose") -> Edit:
    row = f'member = "GRC"\nproposal = "{proposal}"\nstance = "{stance}"\n{text}'
    return add(f"[[positions]]\n{row}")


def a_condition(condition_id: str, excludes: str) -> Edit:
    row = f'id = "{condition_id}"\ntext = "It is so"\nexcludes = ["{excludes}"]'
    return add(f"[[conditions]]\n{row}", stated=False)


def a_word(condition: str, hour: int, *, holds: bool = True) -> Edit:
    row = f'condition = "{condition}"\nholds = {str(holds).lower()}\nat = 2026-03-02T{hour:02}:00Z'
    return add(f"[[condition_words]]\n{row}".replace(":00Z", ":00:00Z"))


def an_embargo(text: str = "from = 2014-08-01", *, by: str = "EU", target: str = "SYR") -> Edit:
    return add(f'[[embargoes]]\ntarget = "{target}"\nby = "{by}"\n{text}')


def a_gate_answer(
    text: str = "", *, subject: str = "O1", gate: str = "att-6", officer: str = "A. Popa"
) -> Edit:
    row = f'subject = "{subject}"\ngate = "{gate}"\npassed = true\nofficer = "{officer}"'
    when = 'at = 2026-03-02T07:00:00Z\nreasons = "None is touched."'
    return add(f"[[gate_answers]]\n{row}\n{when}\n{text}")


def an_ask(wanted: str, ask_id: str = "teams") -> Edit:
    return add(f'[[asks]]\nid = "{ask_id}"\ntitle = "Teams"\nwanted = "{wanted}"')


def a_record(measure: str, subject: str, recorded: str) -> Edit:
    row = f'id = "R1"\nquestion = "Was it so?"\nmeasure = "{measure}"\nsubject = "{subject}"'
    return add(f"[[recorded]]\n{row}\nrecorded = {recorded}")


def waits(row: int, kind: str) -> Edit:
    """Give an offer of the template the caveat that it waits for a replacement."""
    return put("offers.csv", row, "caveats", f"once_replaced:{kind}")
