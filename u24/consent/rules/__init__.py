"""How members decide: the rules as data, one pure function a form, and who could change it.

``decide`` counts the votes of the electors by a rule; ``get_rule`` finds the rule of a day.
"""

from u24.consent.rules.catalogue import get_rule, list_rules
from u24.consent.rules.deciding import decide

__all__ = ["decide", "get_rule", "list_rules"]
