"""Addresses from which our letters come back, so that none leave for them until they work again."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.base import PublicIdModel


class BouncedAddress(PublicIdModel):
    """An address that a mail server refuses for good, or whose owner reported a letter of ours as spam.

    It holds no text of the mail server, which may name others. The row is deleted when the address works again.
    """

    class Kind(models.TextChoices):
        BOUNCED = "bounced", _("Letters come back")
        COMPLAINED = "complained", _("Reported as spam")

    address = models.EmailField(unique=True, help_text="In the form in which addresses are compared.")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(
        max_length=11, blank=True, help_text="The mail server's code, such as 5.1.1: no such mailbox."
    )
    bounced_at = models.DateTimeField()

    account_id: int | None

    class Meta:
        verbose_name_plural = "bounced addresses"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("bounced", "complained")), name="core_bouncedaddress_kind"),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__regex=r"^5\.[0-9]{1,3}\.[0-9]{1,3}$"), name="core_bouncedaddress_code"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Bounced address %(id)s") % {"id": self.public_id})

    @property
    def contact_subject(self) -> int | UUID:
        """Return the id of the account with this address, which the admin annotates, or the public id of this row."""
        return self.account_id or self.public_id
