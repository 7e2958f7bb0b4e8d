"""How long the texts are that people write about a match. Models, API and forms read it here."""

MAX_MESSAGE_LENGTH = 2000
"""Characters of a message. A model with another number needs a migration."""
MAX_REPORT_LENGTH = 2000
"""Characters of a problem report, and of the outcome that a reviewer writes."""
MAX_NOTE_LENGTH = 500
"""Characters of a note beside a reason, and of the reason of a veto or a pin."""
