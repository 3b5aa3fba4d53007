"""The desk walks a case through the rooms. Read ``journey.py`` from top to bottom."""
