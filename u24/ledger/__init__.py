"""The record: append only, and provable. Start with ``store.py``."""
