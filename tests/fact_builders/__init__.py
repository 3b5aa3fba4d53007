"""Builders of facts, one file a subject; tests take them from `tests.facts`."""
