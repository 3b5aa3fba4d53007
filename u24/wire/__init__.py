"""Values to bytes and back. ``answer.py`` for the board, ``facts.py`` for the ledger."""
