"""The only writer of the record, and the way through the rooms. Read ``journey.py`` first."""
