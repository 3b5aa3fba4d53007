"""Hears what happened: reads the case folder into the words of the case."""
