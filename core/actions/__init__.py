"""What can be done to core's rows."""
