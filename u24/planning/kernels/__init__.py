"""Compiled loops over plain arrays. Nothing here knows what a tent is.

The functions are long and flat because a call per cell would cost more than the cell;
they are exempt from the size rules, and each is tested against a slow plain oracle.
"""
