"""What stands now, folded from the ledger. It may be thrown away and folded again."""
