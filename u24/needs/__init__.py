"""How much is needed: from the shaking to people, and from people to teams and goods.

Begin with ``u24.needs.estimate.estimate``. Every figure is a range with its method and
sources; a stated request stands over an estimate (``u24.needs.merge.merge_needs``).
"""
