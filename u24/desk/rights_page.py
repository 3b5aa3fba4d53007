"""The page docs/reference/rights.md, from the table of rights."""

import re

from u24.desk.policy import MAY, TAKEN_WHEN_CLOSED
from u24.domain.facts.people import Role

_HEAD = """# Who may do what

<!-- Made from u24/desk/policy.py by scripts/document_rights.py. -->

A role holds in one case or in every case, until its end. What is not marked is refused; a refusal
leaves nothing on record.

- A **focal point** and a **decision maker** speak for their own member only, a **host officer**
  only where that member is the host of the case.
- A **deputy** has the rights of whom they stand for, while the deputyship lasts; not those of a
  deputy, and no broken glass.
- A **guest** has a role with an end. A duty officer may invite observers, focal points and host
  officers, for 72 hours at most, and enrol whom nobody knows yet; everything else about people is
  the administrator's.
- What one says of **oneself** (shift, deputy, keys) everybody may say of themselves; of others,
  an administrator.
- **Broken glass**: whoever holds a lasting role anywhere may take one in a case for four hours,
  with a reason that everybody sees.
- A plan that a gate asks **two persons** for is signed by another one than releases it.
- A **gate** of controlled goods is answered by whom it asks, in that person's own name: of the
  owner a legal officer or a decision maker, of the host a host officer. A legal officer of no
  member may answer too, but not where several officers of the owner must sign.
- A **correction** is judged as if what is right were said now: with the rights and rules of the
  command that says it.
- A **closed case** still takes the commands marked with a star.

"""


def rights_page() -> str:
    """The page: one row a command, one column a role."""
    roles = list(Role)
    lines = [
        "| command | " + " | ".join(role.replace("_", " ") for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for command, allowed in MAY.items():
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", command.__name__).lower()
        star = " *" if command in TAKEN_WHEN_CLOSED else ""
        marks = " | ".join("yes" if role in allowed else "" for role in roles)
        lines.append(f"| `{name}`{star} | {marks} |")
    return _HEAD + "\n".join(lines) + "\n"
