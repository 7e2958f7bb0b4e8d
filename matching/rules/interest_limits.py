"""How many open roles a volunteer may ask for, at once and within a day."""

MAX_OPEN_INTERESTS = 3
"""Open interests of one volunteer: so few that each gets an answer."""
MAX_INTERESTS_PER_DAY = 20
"""Of one volunteer, those that they took back too: each is a row that stays."""
