"""What is written to the ledger: one class a kind of fact, one file a subject."""
