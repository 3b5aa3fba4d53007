"""Measurements and kill campaigns of the ledger. Start with ``README.md``."""
