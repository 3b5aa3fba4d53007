"""Write docs/reference/gates.md from the tables of gates, controlled goods and embargoes.

Run: python scripts/document_gates.py [--check]
With --check nothing is written, and the exit code is 1 if the page is not up to date.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from u24.reference.tables import read_rows

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "gates.md"
HEAD = """# The gates of controlled goods

<!-- Made by scripts/document_gates.py from the tables gates, controlled_kinds and embargoes. -->

Defence materiel and dual-use goods do not move: **no is the default**. They pass when every gate
below that counts on that day is answered yes, and the verdict is then *within limits*, never a
plain yes, with each officer, reason and paper kept. The software answers no question of law or
ethics; it knows who is to be asked, and bars until they answered. The questions are paraphrases:
whoever answers reads the act. Nothing here is legal advice, and nothing here says how a thing is
used.

## How a gate is answered

- An answer names its officer and the reasons: `[[gate_answers]]` in the case folder. Without
  either it is refused.
- It is about an offer or about the proposal that the offer is a part of. **A yes to either will
  do; a no to either bars.** Of several answers to one subject the last one counts.
- An answer given later than the moment that is judged does not exist at that moment. A yes that
  ran out counts no more; a no does not run out.
- `signatures` needs **two different officers**. The same person counts once, whatever they sign.
  Each may withdraw their own signature with a later no.
- Gates **by rule** are answered by facts: `host-request` while the condition of that name holds,
  the three embargo gates by the tables and the case's own `[[embargoes]]`. An officer's no bars
  there too; an officer's yes changes nothing.
- What the host moves from where it stands in its own country passes no gate.

## Embargoes

One of the UN binds every owner, one of the EU its members of that day, one of a state that state.
What does not bind the owner is shown. Where it is not known whom it binds, an officer is asked.

- An embargo against the **whole state** that binds the owner bars military goods by rule. An
  exemption that a sanctions committee granted is not modelled: it stays a no.
- One that bars **a part** (forces that are not the government's, a region) asks an officer
  whether the supply is outside of it: the `-embargo-scope` gates. So does every embargo where
  **dual-use goods** are concerned, which are no arms.
- A yes to that question counts only if it was given after the embargo began. `--what-if` does
  not lift it, because a supposed answer has no date.

## Transit

A case does not list the states on the way: routes come out of the plan. So the transport officer
answers the gate `transit` once for the way that is meant, names each state and its paper in
`reasons` and `document`, and a caveat `only_via` keeps the offer on that way. If the way changes,
so must the answer. Overflight clearance is not asked here.

"""
LIMITS = """## What is not here

- Whether a state is a party to the Arms Trade Treaty: every owner is asked.
- National lists. An item that only a national list controls is not in the table of goods.
- An answer that runs out later bars from then on, seen by whoever judges again at that moment;
  it does not close the window of a plan made before.
- Embargoes on a network without a territory (ISIL, Al-Qaida), of the OSCE, ECOWAS, the League of
  Arab States, and of single states: a case folder may add them.
"""


def dates(row: dict[str, Any]) -> str:
    """From when until when, as a reader says it."""
    if row["until_on"]:
        return f"{row['from_on'] or ''} until before {row['until_on']}"
    return f"from {row['from_on']}" if row["from_on"] else "always"


def gates() -> list[str]:
    """Every version of every gate."""
    lines = [
        "## The gates, in order", "",
        "| gate | question | asked of | goods | owners | law | version | note |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in sorted(read_rows("gates"), key=lambda row: (row["order"], row["from_on"] or "")):
        question = row["question"] + (" (by rule)" if row["by_rule"] else "")
        cells = (
            f"`{row['gate_id']}`", question, row["asked_of"], ", ".join(row["applies_to"]),
            row["only_members_of"] or "all", row["legal_source"], dates(row), row["note"],
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def kinds() -> list[str]:
    """Every controlled kind."""
    lines = [
        "## Controlled goods", "",
        "`capability` is what may stand in for it, `crew family` whose crews can run it.", "",
        "| kind | name | control | capability | crew family | maker | list | note |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in read_rows("controlled_kinds"):
        cells = (
            f"`{row['kind']}`", row["name"], row["control"], row["capability"],
            row["crew_family"] or "", row["maker"] or "", row["list_category"], row["note"],
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def embargoes() -> list[str]:
    """Every embargo, and of how many the days or scope were read."""
    rows = sorted(read_rows("embargoes"), key=lambda row: (row["target"], row["embargo_id"]))
    checked = sum(bool(row["checked_in"]) for row in rows)
    caution = (
        f"{len(rows)} rows. Of {checked} days or scope were read in the sources named (keys of "
        "`sources.csv`); the others rest on memory of the act, and so do the parts that a note "
        "says. Check the act before you lean on a row. An open row errs towards no."
    )
    lines = [
        "## Arms embargoes", "", caution, "",
        "| state | by | days | whole state | scope | act | read in | note |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in rows:
        cells = (
            row["target"], row["by"], dates(row), "yes" if row["whole_state"] else "no",
            row["scope"], row["source"], ", ".join(row["checked_in"]), row["note"],
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def gates_page() -> str:
    """The page."""
    return HEAD + "\n".join([*gates(), *embargoes(), *kinds()]) + "\n" + LIMITS


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    page = gates_page()
    if parser.parse_args().check:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page:
            sys.exit(f"{PAGE} is out of date; run {Path(__file__).name} again")
        return
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
