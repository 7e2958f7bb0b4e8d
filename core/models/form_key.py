"""The forms of pages that were sent, so that a double click does a thing once."""

from django.db import models

MAX_LOCATION_LENGTH = 2000


class FormKey(models.Model):
    """A submission of a page's form, and the page to which it led, without the secret of a link; kept for a day.

    A committed row always has its address: both are written in the transaction of the submission.
    """

    digest = models.CharField(
        max_length=64, primary_key=True, help_text="SHA-256 of the account, the address, the key and what was typed."
    )
    location = models.CharField(max_length=MAX_LOCATION_LENGTH, blank=True, help_text="The page that was shown next.")
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
