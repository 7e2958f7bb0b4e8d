"""Reading what concerns a volunteer and a campaign together."""
