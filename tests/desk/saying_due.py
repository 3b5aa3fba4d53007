"""What ``Desk.watch`` does, on a board without a store."""

from tests.builders import at_h
from tests.desk.live_board import CASE
from tests.facts import a_proposal
from u24.desk.clocks import due, propose
from u24.domain.facts.decisions import ProposalMade


def say_due(live, *, work=20):
    """What :meth:`Desk.watch` does: say all that is due until nothing is; keys said once."""
    said = {}
    for _ in range(20):
        fresh = {
            each.key: propose_now(each, live, work)
            for each in due(live.board, live.now)
            if each.key not in said
        }
        if not fresh:
            return [fact for facts in said.values() for _, fact in facts]
        for key, facts in fresh.items():
            said[key] = facts
            for stream, fact in facts:
                live.say(fact, stream=stream)
    raise AssertionError(f"it never ends: {sorted(said)}")


def propose_now(each, live, work=20):
    return propose(live.board, each, live.now, lambda prefix: f"{prefix}_x", work=work)


def ask(live, deadline_h=6.0, members=("DEU", "FRA"), proposal_id="prop_1"):
    live.say(
        ProposalMade(
            said_at=live.now, case_id=CASE,
            proposal=a_proposal(
                proposal_id, title="airlift", deadline_at=at_h(deadline_h), members=members,
                made_at=live.now,
            ),
        )
    )  # fmt: skip
