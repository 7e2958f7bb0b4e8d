"""What can be done to the ledger's rows."""
