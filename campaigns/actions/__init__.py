"""Actions that change campaigns' rows."""
