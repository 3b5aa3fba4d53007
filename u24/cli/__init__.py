"""The ``u24`` command: a door onto the desk. It parses, asks and shows; it decides nothing."""
