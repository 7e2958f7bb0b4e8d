"""What can be done about runs and matches."""
