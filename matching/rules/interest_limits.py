"""How many open roles a volunteer may ask for at once."""

MAX_OPEN_INTERESTS = 3
"""Open interests of one volunteer: so few that each gets an answer."""
