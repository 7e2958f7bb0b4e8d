"""Pages that need no role: home, about, help, the account, and links in letters."""
