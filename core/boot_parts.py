"""What core adds to the boot answer: unread notices, letters that come back, and recoveries to approve."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.accounts.boot_parts import BootPart, register_boot_part
from core.accounts.queries import recoveries_visible_to
from core.accounts.waiting_work import WaitingWork, WorkAudience, register_waiting_work
from core.models import BouncedAddress, FactorRecovery, Notice, User
from core.notifications.bounces import find_bounce
from core.notifications.inbox import list_inbox_notices


def _unread_notices(user: User) -> "QuerySet[Notice]":
    return list_inbox_notices(user).filter(read_at=None)


def _recoveries_to_approve(user: User) -> "QuerySet[FactorRecovery]":
    return recoveries_visible_to(user).filter(state=FactorRecovery.State.REQUESTED).exclude(requested_by=user)


class MailBounceSerializer(serializers.ModelSerializer[BouncedAddress]):
    """Why no letters leave for the caller's address."""

    class Meta:
        model = BouncedAddress
        fields = ["kind", "bounced_at"]
        read_only_fields = fields


def _bounces_to_look_at(user: User) -> "QuerySet[BouncedAddress]":
    return BouncedAddress.objects.all()


register_boot_part(
    "mail_bounce",
    BootPart(
        description="Why no letters leave for my address, until a mailed code proves it; null while letters arrive.",
        serializer=MailBounceSerializer,
        read=lambda user: find_bounce(user.email),
        may_be_null=True,
    ),
)
register_waiting_work(
    "bounced_addresses",
    WaitingWork(
        label=_("Addresses from which letters come back"),
        description="Addresses from which letters come back, so that none leave for them.",
        audience=WorkAudience.REVIEWER,
        rows=_bounces_to_look_at,
        admin_list="admin:core_bouncedaddress_changelist",
    ),
)
register_waiting_work(
    "unread_notices",
    WaitingWork(
        label=_("Unread notices"),
        description="Notices in my inbox that are not marked as read; settled ones count until then.",
        audience=WorkAudience.EVERYBODY,
        rows=_unread_notices,
    ),
)
register_waiting_work(
    "recoveries",
    WaitingWork(
        label=_("Second factors to recover"),
        description="Recoveries of second factors that another reviewer has requested.",
        audience=WorkAudience.REVIEWER,
        rows=_recoveries_to_approve,
        admin_list="admin:core_factorrecovery_changelist",
    ),
)
