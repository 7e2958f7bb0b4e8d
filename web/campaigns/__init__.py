"""Pages of campaign staff and candidates."""
