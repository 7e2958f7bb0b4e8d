"""Proved addresses that were removed from an account, so that the last letter of an erasure reaches them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovedAddress(models.Model):
    """A proved address that was removed from an account. It proves nothing any more.

    A stolen session can replace the address and erase the account. Then the owner reads of it here alone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="removed_addresses")
    address = models.EmailField(help_text="In the form in which addresses are compared.")
    removed_at = models.DateTimeField(db_index=True, help_text="Retention deletes the row some days after this.")

    class Meta:
        verbose_name_plural = "removed addresses"
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="core_removedaddress_once")]

    def __str__(self) -> str:
        return str(_("Removed address %(id)s") % {"id": self.pk})
