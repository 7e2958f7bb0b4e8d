"""What core adds to the boot answer: unread notices, and recoveries that wait for a second reviewer."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.queries import recoveries_visible_to
from core.accounts.waiting_work import WaitingWork, WorkAudience, register_waiting_work
from core.models import FactorRecovery, Notice, User
from core.notifications.inbox import list_inbox_notices


def _unread_notices(user: User) -> "QuerySet[Notice]":
    return list_inbox_notices(user).filter(read_at=None)


def _recoveries_to_approve(user: User) -> "QuerySet[FactorRecovery]":
    return recoveries_visible_to(user).filter(state=FactorRecovery.State.REQUESTED).exclude(requested_by=user)


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
