"""How long a duty shift is, how far ahead it is planned, and which incidents wait for a reviewer, or reach all."""

from datetime import timedelta

MAX_DUTY_SHIFT_DAYS = 14
"""A constraint of the database holds the number too: change it with a migration."""
MAX_DUTY_SHIFTS_AHEAD = 30
"""Shifts of one reviewer that are not over: none can use up those of all."""
MAX_DUTY_LEAD_DAYS = 365
"""How far ahead a shift may begin."""
UNTAKEN_INCIDENT_TOLD_AFTER = timedelta(minutes=10)
"""How long the reviewers on duty have to take an incident, from their letter on. Then all others are told."""
INCIDENT_TAKEN_WITHIN = timedelta(hours=1)
"""An incident that no reviewer has by then counts as past its date."""
MAX_REPORTS_THAT_ASK_PER_DAY = 2
"""Of one campaign, open or called off. The next ones ask people on call only once a reviewer has them."""
