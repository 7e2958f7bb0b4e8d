"""Actions that change volunteers' rows."""
