"""Actions that change the ledger's rows."""
