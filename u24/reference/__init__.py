"""Tables with sources: airports, aircraft, lorries, goods, teams, rates, countries, borders.

Takes nothing but the shipped files, or a user's file in place of any of them.
Gives frozen values with the unit in every name. ``None`` means that the source
does not say; a figure that planning needs all the same stands in its own
``plan_`` column, and ``assumed`` names it when it is not a fact.
"""
