"""What can be done to volunteers' rows."""
